// /docs: the description, to be read and tried out in a browser. Most runs never show it, and Swagger
// UI takes its time to load, so it is an app of its own, built when somebody first asks for it.

import swagger, { type StaticDocumentSpec } from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { registerErrorHandlers } from '../../plugins/error-handlers.ts';

/** Only what is served from here; Swagger UI has its styles in the page. */
const pagePolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  styleSrc: ["'self'", "'unsafe-inline'"],
  upgradeInsecureRequests: null,
};

/** @param app has @fastify/swagger; hooks and headers of its answers do not reach the page's */
export function addDocsPage(app: FastifyInstance): void {
  let page: Promise<FastifyInstance> | undefined;
  async function show(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    page ??= buildPage(app.swagger() as Description);
    const { routing } = await page;
    reply.hijack();
    routing(request.raw, reply.raw);
  }
  const schema = { hide: true };
  app.get('/docs', { schema }, show);
  app.get('/docs/*', { schema }, show);
  app.addHook('onClose', async () => {
    await (await page)?.close();
  });
}

type Description = StaticDocumentSpec['document'];

async function buildPage(description: Description): Promise<FastifyInstance> {
  const { default: helmet } = await import('@fastify/helmet');
  const { default: swaggerUi } = await import('@fastify/swagger-ui');
  // However busy the machine is: the page comes late, but then it stays.
  const page = fastify({ pluginTimeout: 0 });
  registerErrorHandlers(page);
  await page.register(swagger, { mode: 'static', specification: { document: description } });
  await page.register(helmet, {
    contentSecurityPolicy: { directives: pagePolicy },
    // The service itself speaks plain HTTP; whoever puts TLS before it says so there.
    strictTransportSecurity: false,
  });
  await page.register(swaggerUi, {
    routePrefix: '/docs',
    // "Try it out" is what the page is for.
    uiConfig: { tryItOutEnabled: true, docExpansion: 'list', persistAuthorization: true },
  });
  await page.ready();
  return page;
}
