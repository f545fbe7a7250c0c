// Asserts that an upload causes neither a failure of the service nor an undocumented response.

import type { FastifyInstance } from 'fastify';
import { type ProblemCode, problems } from '../../src/problem.ts';
import { draw } from './drawing.ts';
import { png } from './files.ts';
import type { HostileUpload } from './mutations.ts';

const good = png(draw(2, 28));

/** @throws Error where the response is neither 200 nor a known 4xx problem */
export async function checkHarmless(app: FastifyInstance, upload: HostileUpload): Promise<number> {
  const { headers, body: payload } = upload;
  const { statusCode, body } = await app.inject({
    method: 'POST',
    url: '/predict',
    headers,
    payload,
  });
  if (statusCode === 200) return statusCode;
  const code: ProblemCode = JSON.parse(body).code;
  if (problems[code]?.status !== statusCode || statusCode >= 500) {
    throw new Error(`answered ${statusCode}: ${body}`);
  }
  return statusCode;
}

/** @throws Error where a valid picture is not classified correctly */
export async function checkUnharmed(app: FastifyInstance): Promise<void> {
  const { body } = await app.inject({
    method: 'POST',
    url: '/predict',
    headers: { 'content-type': 'image/png' },
    payload: good,
  });
  if (JSON.parse(body).digit !== 2) throw new Error(`a good picture was answered ${body}`);
}
