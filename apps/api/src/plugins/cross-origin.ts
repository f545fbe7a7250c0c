// Pages of other origins that may ask from a browser.

import type { FastifyInstance } from 'fastify';
import { requestIdHeader } from './request-id.ts';

export async function registerCors(app: FastifyInstance, origins: readonly string[]) {
  // Loaded only where somebody may.
  const { default: cors } = await import('@fastify/cors');
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST', 'DELETE'],
    exposedHeaders: [requestIdHeader, 'retry-after'],
    maxAge: 600,
  });
}
