// Bounds the bytes of large request bodies that are in memory at once. A body that does not fit waits
// unread, in the client and the socket's buffer; where too many wait, the request is refused. While
// one waits, a slow upload is ended, so that a few slow connections cannot keep the memory.

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { maxInflatedBytes } from '../body/content-coding.ts';
import { collectGarbageWhenIdle } from '../collect-garbage.ts';
import { type Release, WeightedSemaphore } from '../weighted-semaphore.ts';
import { answerTimeout } from './connection-errors.ts';

const mebibyte = 1024 * 1024;

/** Smaller bodies never wait; a thousand connections with one each take as much as the large ones. */
const maxUncountedBytes = 64 * 1024;

/** Four pictures of the default MAX_FILE_BYTES. A larger body is read while no other is. */
const maxBytes = 48 * mebibyte;
/** As many times as much may wait. */
const waitingFactor = 4;

/** How fast a large body must arrive while others wait, on average from one check to the next. */
const minBytesPerSecond = 256 * 1024;

/** How often the speed of a large body is checked. */
const defaultCheckIntervalMs = 5000;

/** The part of the memory that a request has, from before its body is read. */
interface Reservation {
  release: Release;
  /** From then on the handler has the body, even if the connection closes. */
  isHandled: boolean;
}

export interface BodyMemoryOptions {
  /** The number of processes that the memory is divided among. */
  readonly workers?: number;
  readonly checkIntervalMs?: number;
}

/** Call before adding routes. */
export function limitBodyMemory(app: FastifyInstance, options: BodyMemoryOptions = {}): void {
  const { workers = 1, checkIntervalMs = defaultCheckIntervalMs } = options;
  const capacity = Math.floor(maxBytes / workers);
  const memory = new WeightedSemaphore({
    capacity,
    maxWaiting: waitingFactor * capacity,
    onIdle: collectGarbageWhenIdle,
  });
  const reservations = new WeakMap<FastifyRequest, Reservation>();

  function reserve(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
    const bytes = bodyBytes(request);
    const reservation: Reservation = { release: () => {}, isHandled: false };
    reply.raw.once('close', () => {
      if (!reservation.isHandled) reservation.release();
    });
    reservations.set(request, reservation);
    reservation.release = memory.acquire(bytes, () => {
      endIfSlow(request, reply);
      done();
    });
  }

  function endIfSlow({ raw, socket }: FastifyRequest, reply: FastifyReply): void {
    const minBytes = (minBytesPerSecond * checkIntervalMs) / 1000;
    let bytesBefore = socket.bytesRead;
    const timer = setInterval(() => {
      const isSlow = socket.bytesRead - bytesBefore < minBytes;
      bytesBefore = socket.bytesRead;
      if (raw.complete) clearInterval(timer);
      else if (isSlow && memory.isWaitedFor) answerTimeout(socket);
    }, checkIntervalMs).unref();
    reply.raw.once('close', () => clearInterval(timer));
  }

  app.addHook('onRoute', route => {
    if (route.method !== 'POST') return;
    const { handler } = route;
    route.preParsing = (request, reply, _payload, done) => {
      if (isSmall(request.headers)) done();
      else reserve(request, reply, done);
    };
    route.handler = function (request, reply) {
      const reservation = reservations.get(request);
      const answer = handler.call(this, request, reply);
      if (!reservation) return answer;
      reservation.isHandled = true;
      return Promise.resolve(answer).finally(() => reservation.release());
    };
  });
}

function isSmall(headers: IncomingHttpHeaders): boolean {
  const { 'content-length': length } = headers;
  if (length === undefined) return headers['transfer-encoding'] === undefined;
  return maxInflatedBytes(headers, Number(length)) <= maxUncountedBytes;
}

/** A body without a length may be as long as the route allows. */
function bodyBytes({ headers, routeOptions }: FastifyRequest): number {
  const { bodyLimit } = routeOptions;
  const { 'content-length': length = bodyLimit } = headers;
  return Math.min(maxInflatedBytes(headers, Number(length)), bodyLimit);
}
