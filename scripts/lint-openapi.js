// Tells what OpenAPI's own schema, and the recommended rules of Redocly, find wrong with a document.
import SwaggerParser from '@apidevtools/swagger-parser';
import { createConfig, lint } from '@redocly/openapi-core';

const [file = 'docs/openapi.json'] = process.argv.slice(2);

const found = await lint({ ref: file, config: await createConfig({ extends: ['recommended'] }) });
const faults = found.map(({ ruleId, message, location: [place] }) => `${place?.pointer}: ${message} (${ruleId})`);
await SwaggerParser.validate(file).catch((error) => faults.push(error.message));
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
