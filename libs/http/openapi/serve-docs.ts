import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from './about.ts';
import { complete } from './complete.ts';
import { errorsHtml } from './errors-page.ts';

const bearer =
  'The `token` of a login, an API key, or a token of an issuer in `HOLDFAST_ISSUERS`. A key with the role `service` names the customer that a request is for, by id ' +
  'or number, in the header `On-Behalf-Of`.';

/** The OpenAPI document of a service, as its controllers declare it. */
function openApiOf(app: NestFastifyApplication, name: string): OpenAPIObject {
  const info = new DocumentBuilder()
    .setTitle(`Holdfast ${name}`)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/api/v1', 'This installation')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: bearer })
    .build();
  info.info.contact = { name: 'Holdfast' };
  const document = SwaggerModule.createDocument(app, info, { operationIdFactory: (_controller, method) => method });
  document.info.description = describeApi('/auth/login' in document.paths);
  return complete(document);
}

/** Served under the name of the service, so that a gateway can offer several documents; `/docs` redirects there. */
export function serveDocs(app: NestFastifyApplication, name: string): void {
  SwaggerModule.setup(`docs/${name}`, app, () => openApiOf(app, name), {
    jsonDocumentUrl: `docs/${name}.json`,
    yamlDocumentUrl: `docs/${name}.yaml`,
    customSiteTitle: `Holdfast ${name}`,
    swaggerOptions: { persistAuthorization: false },
  });
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/docs', (_request, reply) => reply.redirect(`/docs/${name}`));
  const errors = errorsHtml();
  fastify.get('/docs/errors', (_request, reply) => reply.type('text/html; charset=utf-8').send(errors));
}

export type { OpenAPIObject as OpenApiDocument } from '@nestjs/swagger';

/** The document of a module that is not started. */
export async function openApiDocument(name: string, module: DynamicModule): Promise<OpenAPIObject> {
  // Without a logger, what ends the start would end the process without a word.
  const options = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options);
  const document = openApiOf(app, name);
  await app.close();
  return document;
}
