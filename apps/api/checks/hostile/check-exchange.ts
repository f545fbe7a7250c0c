// Decides what is wrong with the answer to a hostile request, if anything is.

import { isForSupervisors, isPage } from '../../src/plugins/route-kinds.ts';
import { type ProblemCode, problems } from '../../src/problem.ts';
import type { Answer } from './answer.ts';
import { type Contract, routedPath } from './contract.ts';
import type { Exchange, Follower } from './exchange.ts';
import type { WireRequest } from './requests/envelope.ts';

export interface Fault {
  readonly kind: string;
  readonly detail: string;
}

/** A 503 that asks the client to come back is no failure under attack; it is counted. */
const allowedServerErrors: ReadonlySet<string> = new Set(['overloaded']);

/** @returns undefined where nothing is wrong */
export function checkExchange(
  request: WireRequest,
  { answers, outcome, detail }: Exchange,
  follows: Follower,
  contract: Contract,
): Fault | undefined {
  const [answer, followed] = answers;
  if (outcome === 'timeout') return { kind: 'hang', detail };
  if (outcome === 'not-http') return { kind: 'not-http', detail };
  if (request.isFramed && !answer) return { kind: outcome, detail: `no answer; ${detail}` };
  if (!answer) return undefined;
  const fault = checkAnswer(request, answer, contract);
  if (fault || !request.isFramed || follows === 'none') return fault;
  if (answer.headers.get('connection') === 'close') return undefined;
  if (followed?.status === 200 && followed.body.toString() === '{"status":"live"}')
    return undefined;
  const got = followed ? `${followed.status} ${excerpt(followed.body)}` : `${outcome} ${detail}`;
  return { kind: 'desynchronised', detail: `the next request on the connection: ${got}` };
}

function checkAnswer(request: WireRequest, answer: Answer, contract: Contract): Fault | undefined {
  const { status, body } = answer;
  const shown = `${status} ${excerpt(body)}`;
  if (status < 400 && request.isFramed && mustRefuse(request)) {
    return { kind: 'foreign-accepted', detail: shown };
  }
  if (status < 400) return checkSuccess(request, answer, contract);
  if (request.method === 'HEAD') {
    return status === 500 ? { kind: 'server-error', detail: shown } : undefined;
  }
  const code = codeOf(request, answer);
  if (code === undefined) return { kind: 'no-code', detail: `${headersOf(answer)} ${shown}` };
  if (status >= 500 && !allowedServerErrors.has(code))
    return { kind: 'server-error', detail: shown };
  if (status === 503 && !answer.headers.has('retry-after')) {
    return { kind: 'no-retry-after', detail: shown };
  }
  const isDocumented = contract.allows(request.method, request.target, answer, code);
  if (!request.isFramed || isDocumented !== false) return undefined;
  return { kind: 'undocumented', detail: shown };
}

/** Probes and metrics answer every host and page, and pages are opened from links elsewhere. */
function mustRefuse({ foreign, target }: WireRequest): boolean {
  const path = routedPath(target.replace(/^http:\/\/[^/]*/, ''));
  if (foreign === undefined || isForSupervisors(path)) return false;
  return foreign === 'host' || !isPage(path);
}

function checkSuccess(request: WireRequest, answer: Answer, contract: Contract): Fault | undefined {
  const { status, body, headers } = answer;
  const shown = `${status} ${excerpt(body)}`;
  const isJson = headers.get('content-type')?.startsWith('application/json') && body.length > 0;
  if (isJson && parse(body) === undefined) return { kind: 'not-json', detail: shown };
  if (!request.isFramed) return undefined;
  if (contract.allows(request.method, request.target, answer) !== false) return undefined;
  return { kind: 'undocumented', detail: shown };
}

/** @returns the known code of a problem whose form and status are right */
function codeOf({ target }: WireRequest, { status, headers, body }: Answer): string | undefined {
  const type = headers.get('content-type') ?? '';
  const isProblem = type.startsWith('application/problem+json');
  // Under /v2 errors have the form of its protocol.
  if (!isProblem && !(target.includes('/v2') && type.startsWith('application/json')))
    return undefined;
  const { code, status: stated = status } = (parse(body) ?? {}) as Record<string, unknown>;
  if (typeof code !== 'string' || !Object.hasOwn(problems, code) || stated !== status)
    return undefined;
  return problems[code as ProblemCode].status === status ? code : undefined;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function headersOf({ headers }: Answer): string {
  return headers.get('content-type') ?? 'no content type';
}

function excerpt(body: Buffer): string {
  return body.toString('latin1', 0, 160);
}
