// Pictures for corrections: each index gives another picture of a seven.

import type { FastifyInstance } from 'fastify';
import { draw } from './drawing.ts';
import { png } from './files.ts';

/** A seven with two grey pixels that depend on the index. */
export function picture(index: number): Buffer {
  const { side, data } = draw(7, 28);
  data[index % 50] = 100 + (index % 97);
  data[28 * 27 + (index % 23)] = 120 + (index % 89);
  return png({ side, data });
}

/** Posts a bare picture. */
export function postFeedback(app: FastifyInstance, query: string, payload = picture(0)) {
  const headers = { 'content-type': 'image/png' };
  return app.inject({ method: 'POST', url: `/feedback${query}`, headers, payload });
}
