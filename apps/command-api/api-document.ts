import 'reflect-metadata';
import { openApiDocument, type OpenApiDocument } from '#http';
import { createMetrics } from '#platform';
import { commandApiModule, type CommandApiParts } from './command-api.module.ts';

/** What this service offers, without any of the servers that it needs to offer it. */
export function apiDocument(): Promise<OpenApiDocument> {
  const parts: Partial<CommandApiParts> = {
    config: { requestTimeoutMs: 0, orderTimeZone: 'UTC' } as CommandApiParts['config'],
    people: {} as CommandApiParts['people'],
    webhooks: {} as CommandApiParts['webhooks'],
    metrics: createMetrics('command-api'),
  };
  return openApiDocument('command-api', commandApiModule(parts as CommandApiParts));
}
