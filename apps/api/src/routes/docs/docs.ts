// GET /openapi.json and the page under /docs. Registered before the routes that they describe.

import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config/config.ts';
import { isProbe } from '../../plugins/route-kinds.ts';
import { addDocsPage } from './docs-page.ts';
import { addCommonProblems, type DocumentedRoute } from './documented-problems.ts';
import { hoistTitledSchemas } from './shared-schemas.ts';

const tags = [
  { name: 'predict', description: 'Classifying digits' },
  { name: 'model', description: 'The served model' },
  { name: 'feedback', description: 'Pictures with their correct labels, for the next training' },
  {
    name: 'disagreements',
    description: 'Pictures on which the shadow model predicts another digit',
  },
  { name: 'v2', description: 'The Open Inference Protocol, version 2' },
  { name: 'health', description: 'Liveness and readiness' },
  { name: 'operations', description: 'For operators of the service' },
];

/** The API key, in either header. */
const securitySchemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The API_KEY of the service.' },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'The API_KEY of the service, in a header of its own.',
  },
} as const;

export async function addDocs(app: FastifyInstance, config: Config): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Digits',
        version: manifest.version,
        description: manifest.description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags,
      ...(config.apiKey !== undefined && {
        components: { securitySchemes },
        security: [{ bearer: [] }, { apiKey: [] }],
      }),
    },
    transform: ({ url, route, schema = {} }) => ({
      url,
      schema: describeRoute({ ...route, url, schema }, config),
    }),
    transformObject: description =>
      'openapiObject' in description ? hoistTitledSchemas(description.openapiObject) : {},
  });
  addDocsPage(app);
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** The route's schema with its operationId, common problems and security. */
function describeRoute(route: DocumentedRoute, config: Config): FastifySchema {
  return {
    operationId: `${route.method}${route.url}`.toLowerCase().replace(/\W+/g, '-'),
    ...addCommonProblems(route, config),
    ...(isProbe(route.url) && { security: [] }),
  };
}
