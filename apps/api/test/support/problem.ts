// Asserts that a response is a problem, whether fetched or injected.

import type { ProblemDetails } from '@digits/protocol';
import type { ExecutionContext } from 'ava';
import type { LightMyRequestResponse } from 'fastify';
import type { ProblemCode } from '../../src/problem.ts';
import { problemDetails } from '../../src/problem.ts';

/** The parts of a response that are checked. */
interface Answer {
  readonly status: number;
  readonly contentType: string | null | undefined;
  readonly body: unknown;
}

export async function fetched(response: Response): Promise<Answer> {
  const contentType = response.headers.get('content-type');
  return { status: response.status, contentType, body: await response.json() };
}

export function injected(response: LightMyRequestResponse): Answer {
  const contentType = response.headers['content-type'];
  return { status: response.statusCode, contentType, body: response.json() };
}

/** Asserts that the answer is the problem with this code, whole and explained. */
export function isProblem(
  t: ExecutionContext,
  { status, contentType, body }: Answer,
  expectedStatus: number,
  expectedCode: ProblemCode,
): void {
  t.is(status, expectedStatus);
  t.regex(contentType ?? '', /^application\/problem\+json/);
  const { detail } = body as ProblemDetails;
  t.regex(detail, /\w/);
  t.deepEqual(body, problemDetails(expectedCode, detail));
}
