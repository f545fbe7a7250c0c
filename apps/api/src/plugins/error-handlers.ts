// Answers every failure inside Fastify with problem details: thrown problems, Fastify's own
// errors, unknown addresses, and bugs, which are logged in full and answered blandly.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problems } from '../problem.ts';
import { problemContentType, problemDetails } from '../schemas/problem.ts';
import { type AllowedMethods, collectAllowedMethods } from './allowed-methods.ts';

const retryAfterSeconds = 1;

const allowedMethods = Symbol('methodsOf');

/**
 * Makes problem details the answer to every error and every unknown address of the app. Call before
 * adding routes.
 */
export function registerErrorHandlers(app: FastifyInstance): void {
  app.decorate(allowedMethods, collectAllowedMethods(app));
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(notFound);
}

/** For a scope whose errors have another form than problem details: the error handler gives it. */
export function notFound(request: FastifyRequest, reply: FastifyReply): never {
  const [path = '/'] = request.url.split('?');
  const methods = request.server.getDecorator<AllowedMethods>(allowedMethods)(path);
  if (methods.length === 0) throw new Problem('not-found', 'See /docs for what there is.');
  const allow = methods.join(', ');
  reply.header('allow', allow);
  throw new Problem('method-not-allowed', `This address takes ${allow}.`);
}

/** The error handler, which Fastify also wants as `frameworkErrors` for addresses it cannot read. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { code, message } = prepareProblemReply(error, request, reply);
  reply.type(problemContentType).send(problemDetails(code, message));
}

/** Logs what went wrong and sets the status; the body is left to say. */
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

function toProblem(error: unknown, { routeOptions }: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode = 500 } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Problem('file-too-large', `Send at most ${routeOptions.bodyLimit} bytes.`);
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Problem('unsupported-content-type', 'See /docs for the types that are taken.');
  }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') {
    return new Problem('handler-timeout', 'The service gave up on this request; try again.');
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new Problem('bad-request', 'The request cannot be understood.', { cause: error });
  }
  return new Problem('internal-error', 'The service failed; the reason is in its log.');
}

/**
 * Lets the rest of an upload run into nothing. If the connection were closed at once, as Fastify
 * asks for when a body is too large, a client still sending would get a reset instead of its
 * answer. The request's time limit bounds this.
 */
function drainRequest(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  request.raw.resume();
}

function causeOf({ cause }: Problem): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}
