// Reads the body of a request into one buffer, inflated where it is compressed.

import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';
import { piecesOf } from './body-pieces.ts';
import { inflatePieces, isCompressed } from './content-coding.ts';
import { sendContinue } from './expect-continue.ts';

/** Of the longest values in a body that are read in place. */
const alignmentBytes = 8;

/** What arrives in one turn of the event loop, as nearly all small pictures do. */
const maxShortBytes = 64 * 1024;

/**
 * The body; directly, without a promise, where it is there already.
 *
 * @param maxBytes where the limit of the body, compressed and inflated, is not that of the route
 * @param valuesStart where values begin in a long body, so that they can be read in place
 * @throws Problem `file-too-large`, `unsupported-content-type` for another compression than gzip and
 * deflate, or `bad-request` where the body is damaged or the connection closes before its end
 */
export function readBody(
  { raw, headers, routeOptions }: FastifyRequest,
  maxBytes: number = routeOptions.bodyLimit,
  valuesStart = 0,
): Buffer | Promise<Buffer> {
  const { bodyLimit } = routeOptions;
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (length > maxBytes) throw tooLarge(bodyLimit);
  const mustInflate = isCompressed(headers);
  sendContinue(raw);
  const limits = { length, maxBytes, bodyLimit, valuesStart };
  if (mustInflate) return readCompressed(raw, limits);
  if (length > 0 && length <= maxShortBytes) return raw.read(length) ?? readShort(raw, length);
  return readPieces(raw, limits);
}

/**
 * Frees the memory of a long body, which has no bytes from then on. Left to V8, it counts as memory of old space, which
 * is then collected after every twenty bodies of 200 KB.
 */
export function freeBody(body: Buffer): void {
  // A short one may be a view of memory that others use, too.
  if (body.length > maxShortBytes) (body.buffer as ArrayBuffer).transfer(0);
}

/** Reads a short body at once, which takes a fraction of the time of `readPieces`. */
function readShort(raw: IncomingMessage, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const stopListening = () => raw.off('readable', read).off('error', fail).off('close', fail);
    function read(): void {
      const body: Buffer | null = raw.read(length);
      if (body === null) return;
      stopListening();
      resolve(body);
    }
    function fail(cause?: Error): void {
      stopListening();
      reject(new Problem('bad-request', 'The body is truncated.', { cause }));
    }
    raw.on('readable', read).on('error', fail).on('close', fail);
  });
}

interface BodyLimits {
  /** As announced; NaN where it is unknown. */
  readonly length: number;
  readonly maxBytes: number;
  /** The limit that the error names. */
  readonly bodyLimit: number;
  /** Where values begin in the body: there it is aligned for arrays of them. */
  readonly valuesStart: number;
}

async function readPieces(raw: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const body = new GrowingBuffer(limits);
  for await (const piece of piecesOf(raw)) body.append(piece);
  return body.bytes;
}

async function readCompressed(raw: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  const body = new GrowingBuffer({ ...limits, length: Number.NaN });
  await inflatePieces(limitedPiecesOf(raw, limits), piece => body.append(piece));
  return body.bytes;
}

/** A compressed body without end may be one of no bytes. */
async function* limitedPiecesOf(raw: IncomingMessage, { maxBytes, bodyLimit }: BodyLimits) {
  let length = 0;
  for await (const piece of piecesOf(raw)) {
    length += piece.length;
    if (length > maxBytes) throw tooLarge(bodyLimit);
    yield piece;
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('file-too-large', `Send at most ${maxBytes} bytes.`);
}

/** Has the announced length, whose pages take no memory before they are written; else it doubles. */
class GrowingBuffer {
  readonly #limits: BodyLimits;
  /** Where the body begins in the buffer. */
  readonly #start: number;
  #buffer: Buffer;
  #length = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
    this.#start = (alignmentBytes - (limits.valuesStart % alignmentBytes)) % alignmentBytes;
    this.#buffer = Buffer.allocUnsafeSlow(this.#start + (limits.length || 0));
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#start + this.#length);
  }

  /** @throws Problem `file-too-large` */
  append(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (length > this.#limits.maxBytes) throw tooLarge(this.#limits.bodyLimit);
    if (this.#start + length > this.#buffer.length) this.#grow(length);
    piece.copy(this.#buffer, this.#start + this.#length);
    this.#length = length;
  }

  #grow(length: number): void {
    const size = Math.min(Math.max(2 * length, maxShortBytes), this.#limits.maxBytes);
    const buffer = Buffer.allocUnsafeSlow(this.#start + size);
    this.bytes.copy(buffer, this.#start);
    this.#buffer = buffer;
  }
}
