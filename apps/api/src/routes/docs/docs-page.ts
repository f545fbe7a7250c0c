// /docs: Swagger UI for /openapi.json. It loads slowly and most runs never show it, so it is an app of
// its own that is built at the first request.

import swagger, { type StaticDocumentSpec } from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { registerErrorHandlers } from '../../plugins/error-handlers.ts';

/** Allows content from this origin only; Swagger UI has inline styles. */
const pagePolicy = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  styleSrc: ["'self'", "'unsafe-inline'"],
  upgradeInsecureRequests: null,
};

/** @param app an app with @fastify/swagger, whose hooks and headers do not apply to the page */
export function addDocsPage(app: FastifyInstance): void {
  let page: Promise<FastifyInstance> | undefined;
  async function show(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    // The page refers to its files from the slash on, so that it works behind a path prefix, too.
    if (/^\/docs(\?|$)/.test(request.url)) return reply.redirect('docs/');
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
  // No timeout: on a busy machine the page is late, but it is built once only.
  const page = fastify({ pluginTimeout: 0 });
  registerErrorHandlers(page);
  await page.register(swagger, { mode: 'static', specification: { document: description } });
  await page.register(helmet, {
    contentSecurityPolicy: { directives: pagePolicy },
    // The service speaks plain HTTP; a TLS proxy in front of it sets this header itself.
    strictTransportSecurity: false,
  });
  await page.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { tryItOutEnabled: true, docExpansion: 'list', persistAuthorization: true },
  });
  await page.ready();
  return page;
}
