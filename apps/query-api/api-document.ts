import 'reflect-metadata';
import { openApiDocument, type OpenApiDocument } from '#http';
import { createMetrics } from '#platform';
import { queryApiModule, type QueryApiParts } from './query-api.module.ts';

/** What this service offers, without any of the servers that it needs to offer it. */
export function apiDocument(): Promise<OpenApiDocument> {
  const parts: Partial<QueryApiParts> = { metrics: createMetrics('query-api') };
  return openApiDocument('query-api', queryApiModule(parts as QueryApiParts));
}

export { errorsMarkdown } from '#http';
