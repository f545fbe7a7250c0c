// GET /openapi.json, and /docs to read it and try it out. Registered before the routes it
// describes.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };

export async function addDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Digits',
        version: manifest.version,
        description: manifest.description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'predict', description: 'Recognising digits' },
        { name: 'health', description: 'For supervisors' },
      ],
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // "Try it out" is what the page is for.
    uiConfig: { tryItOutEnabled: true, docExpansion: 'list' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
