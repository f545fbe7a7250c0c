// Reads the body of a request piece by piece: in each turn of the event loop one piece of one request.

import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';

/** A body of fewer bytes on the connection may have any chunks. */
const minSuspectBytes = 16 * 1024;

/**
 * The pieces are what has arrived since the last turn, in chunks of any size. Each `data` event would be
 * one chunk, and a body in chunks of a byte would have millions of them.
 *
 * @throws Problem `bad-request` where the connection closes before the end, or the chunks have more
 * framing than content; the connection then closes after the answer
 */
export async function* piecesOf(raw: IncomingMessage): AsyncGenerator<Buffer, void> {
  const { socket } = raw;
  const bytesBefore = socket?.bytesRead ?? 0;
  let length = 0;
  const pieces = raw.iterator({ destroyOnReturn: false });
  try {
    for await (const piece of pieces) {
      length += piece.length;
      yield piece;
      if (socket instanceof Socket) freePiece(piece);
      const bytesRead = (socket?.bytesRead ?? 0) - bytesBefore;
      // Behind the end of the body there may be further requests.
      if (!raw.complete && isMostlyFraming(bytesRead, length + raw.readableLength)) {
        throw new Problem('bad-request', 'The chunks of the body are too small; send larger ones.');
      }
      await nextTurn();
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem('bad-request', 'The body is truncated.', { cause });
  }
}

/**
 * Frees the memory of a piece that was used: the parser of Node copies what has arrived for it. Left to V8, the pieces of
 * large uploads take as much memory as the uploads.
 */
function freePiece({ buffer, length }: Buffer): void {
  if (buffer.byteLength === length) (buffer as ArrayBuffer).transfer(0);
}

function isMostlyFraming(bytesRead: number, contentBytes: number): boolean {
  return bytesRead > minSuspectBytes && bytesRead > 2 * contentBytes;
}
