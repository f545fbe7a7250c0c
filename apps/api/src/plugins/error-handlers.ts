// Turns every failure inside Fastify into problem details: thrown problems, Fastify's own errors,
// unknown addresses, and bugs, which are logged in full and answered without details.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemContentType } from '@digits/protocol';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { piecesOf } from '../body/body-pieces.ts';
import { isWaitingForContinue } from '../body/expect-continue.ts';
import { Problem, problemDetails, problems } from '../problem.ts';

const retryAfterSeconds = 1;

const allowedMethodsKey = Symbol('allowedMethods');

/**
 * Makes problem details the answer to every error and unknown address of the app. Call before
 * adding routes.
 */
export function registerErrorHandlers(app: FastifyInstance): void {
  app.decorate(allowedMethodsKey, collectAllowedMethods(app));
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(notFound);
}

/**
 * The handler of unknown addresses, also for a scope with an error handler of its own.
 *
 * @throws Problem `not-found`, or `method-not-allowed` where the address exists
 */
export function notFound(request: FastifyRequest, reply: FastifyReply): never {
  const [path = '/'] = request.url.split('?');
  const methods = request.server.getDecorator<AllowedMethods>(allowedMethodsKey)(path);
  if (methods.length === 0) throw new Problem('not-found', 'See /docs for the addresses.');
  const allow = methods.join(', ');
  reply.header('allow', allow);
  throw new Problem('method-not-allowed', `This address allows ${allow}.`);
}

/** The error handler of the app. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { code, message } = prepareProblemReply(error, request, reply);
  reply.type(problemContentType).send(problemDetails(code, message));
}

/** Logs the failure and sets the status and headers; the caller sends the body. */
export function prepareProblemReply(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Problem {
  const problem = toProblem(error, request);
  if (problem.code === 'internal-error') request.log.error({ err: error }, 'request failed');
  else request.log.info({ code: problem.code, cause: causeOf(problem) }, 'request refused');
  const { status } = problems[problem.code];
  if (status === 503) reply.header('retry-after', retryAfterSeconds);
  drainRequest(request, reply);
  reply.code(status);
  return problem;
}

function toProblem(error: unknown, { headers, routeOptions }: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode = 500 } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('file-too-large', `Send at most ${routeOptions.bodyLimit} bytes.`);
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const sent = JSON.stringify((headers['content-type'] ?? '').slice(0, 40));
    const detail = `The Content-Type ${sent} is malformed or not supported here; see /docs.`;
    return new Problem('unsupported-content-type', detail);
  }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') {
    return new Problem('handler-timeout', 'The request was abandoned; try again.');
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new Problem('bad-request', 'The request cannot be parsed.', { cause: error });
  }
  return new Problem('internal-error', 'The service failed; the reason is in its log.');
}

/**
 * Discards the rest of an upload. If the connection were closed at once, as Fastify does when a body
 * is too large, a client that is still sending would get a reset instead of its answer. The time
 * limit of the request bounds this.
 */
function drainRequest({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (isWaitingForContinue(raw)) reply.header('connection', 'close');
  else reply.removeHeader('connection');
  if (raw.complete) raw.resume();
  else discard(raw, () => closeAfterAnswer(raw, reply.raw));
}

async function discard(raw: IncomingMessage, onFailure: () => void): Promise<void> {
  try {
    for await (const _ of piecesOf(raw));
  } catch {
    onFailure();
  }
}

function closeAfterAnswer(request: IncomingMessage, answer: ServerResponse): void {
  if (answer.writableFinished) request.destroy();
  else answer.once('finish', () => request.destroy());
}

function causeOf({ cause }: Problem): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

/** @returns the methods that a path allows; none where there is no such path */
type AllowedMethods = (path: string) => readonly string[];

/**
 * Records the routes as they are added. The router is asked for their patterns only: it would take
 * the path of a request for a pattern too, and fail where it is none.
 */
function collectAllowedMethods(app: FastifyInstance): AllowedMethods {
  const patterns = new Map<string, readonly string[]>();
  app.addHook('onRoute', ({ url }) => {
    patterns.set(url, url.split('/'));
  });
  return path => {
    // As the router does.
    const segments = path.replace(/(?<=.)\/$/, '').split('/');
    const urls: string[] = [];
    for (const [url, pattern] of patterns) if (matches(segments, pattern)) urls.push(url);
    return app.supportedMethods.filter(method => urls.some(url => app.hasRoute({ url, method })));
  };
}

function matches(segments: readonly string[], pattern: readonly string[]): boolean {
  return (
    segments.length === pattern.length &&
    pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : segments[i] === part))
  );
}
