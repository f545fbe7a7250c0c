// Compressed request bodies (RFC 9110, section 8.4): the codings that are accepted, and inflating in
// pieces.

import type { IncomingHttpHeaders } from 'node:http';
import { finished } from 'node:stream/promises';
import { createUnzip, type Unzip } from 'node:zlib';
import { Problem } from '../problem.ts';

/** "deflate" is the zlib format, which `createUnzip` tells from gzip by its first byte. */
const inflatable: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate']);

/** The most that deflate compresses, as a ratio of lengths (https://zlib.net/zlib_tech.html). */
const maxExpansion = 1032;

/** A quarter of the calls of the default. */
const inflatedPieceBytes = 64 * 1024;

function codingOf({ 'content-encoding': coding = 'identity' }: IncomingHttpHeaders): string {
  return coding.toLowerCase();
}

/** @throws Problem `unsupported-content-type` for a coding that is not accepted */
export function isCompressed(headers: IncomingHttpHeaders): boolean {
  const coding = codingOf(headers);
  if (coding === 'identity') return false;
  if (inflatable.has(coding)) return true;
  const detail = 'Send the body without a Content-Encoding, or as gzip or deflate.';
  throw new Problem('unsupported-content-type', detail);
}

/** Upper bound of the bytes of a body with this announced length once it is inflated. */
export function maxInflatedBytes(headers: IncomingHttpHeaders, length: number): number {
  return inflatable.has(codingOf(headers)) ? length * maxExpansion : length;
}

/**
 * Inflates a body piece by piece, in a thread.
 *
 * @param take gets the inflated pieces; what it throws ends the inflating
 * @throws Problem `bad-request` where the body is not compressed as announced, or is truncated
 */
export async function inflatePieces(
  pieces: AsyncIterable<Buffer>,
  take: (piece: Buffer) => void,
): Promise<void> {
  const inflater = createUnzip({ chunkSize: inflatedPieceBytes });
  const done = finished(inflater);
  // It rejects with the first of their errors; a failure of `pieces` is thrown by the loop.
  done.catch(() => {});
  inflater.on('data', (piece: Buffer) => {
    try {
      take(piece);
    } catch (error) {
      inflater.destroy(error as Error);
    }
  });
  try {
    for await (const piece of pieces) await Promise.race([written(inflater, piece), done]);
    inflater.end();
    await done;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const detail = 'The body is truncated, or not compressed as its Content-Encoding says.';
    throw new Problem('bad-request', detail, { cause });
  } finally {
    inflater.destroy();
  }
}

function written(inflater: Unzip, piece: Buffer): Promise<unknown> {
  return new Promise(resolve => inflater.write(piece, resolve));
}
