// Reads the body of a request into one buffer.

import type { FastifyRequest } from 'fastify';
import { piecesOf } from '../body-pieces.ts';
import { Problem } from '../problem.ts';

/** Longer bodies are hardly ever there at once. */
const maxBufferedBytes = 64 * 1024;

/**
 * @param maxBytes where the limit of the body is not that of the route
 * @throws Problem `file-too-large`, or `bad-request` where the connection closes before the end
 */
export async function readBody(
  { raw, headers, routeOptions }: FastifyRequest,
  maxBytes: number = routeOptions.bodyLimit,
): Promise<Buffer> {
  const length =
    headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
  const limit = Math.min(length ?? maxBytes, maxBytes);
  if (length !== undefined && length > maxBytes) throw tooLarge(routeOptions.bodyLimit);
  // All there already, as most are.
  if (length !== undefined && length <= maxBufferedBytes) {
    const body: Buffer | null = raw.read(length);
    if (body) return body;
  }
  const body = new GrowingBuffer(limit);
  for await (const piece of piecesOf(raw)) {
    if (!body.append(piece)) throw tooLarge(routeOptions.bodyLimit);
  }
  return body.bytes;
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('file-too-large', `Send at most ${maxBytes} bytes.`);
}

/** Doubles with its content, so that a length that is only announced takes no memory. */
class GrowingBuffer {
  readonly #maxBytes: number;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** @returns whether there was space for the piece */
  append(piece: Buffer): boolean {
    const length = this.#length + piece.length;
    if (length > this.#maxBytes) return false;
    if (length > this.#buffer.length) this.#grow(length);
    piece.copy(this.#buffer, this.#length);
    this.#length = length;
    return true;
  }

  #grow(length: number): void {
    const size = Math.min(Math.max(2 * length, maxBufferedBytes), this.#maxBytes);
    const buffer = Buffer.allocUnsafeSlow(size);
    this.#buffer.copy(buffer, 0, 0, this.#length);
    this.#buffer = buffer;
  }
}
