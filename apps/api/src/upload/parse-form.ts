// Parses any multipart/form-data in memory with @fastify/busboy: the parts of a form, in order.

import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Busboy } from '@fastify/busboy';
import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';

export interface FormPart {
  readonly name: string;
  /** The bytes of a file, or a text. */
  readonly content: Buffer | string;
  readonly isTruncated: boolean;
}

/**
 * A form has one file and one or two fields. More parts are read than that, so that the error can
 * name what is wrong; part headers may be far longer than any client sends.
 */
const limits = { parts: 8, fieldSize: 1024, headerPairs: 16, headerSize: 8192 };

/** A part with a picture's type is a file, also without a file name; the rest is the parser's default. */
function isPartAFile(_name: unknown, type = '', filename?: string): boolean {
  return filename !== undefined || type === 'application/octet-stream' || type.startsWith('image/');
}

/** The parser takes about a millisecond for it. */
const sliceBytes = 64 * 1024;

/**
 * @throws Problem `malformed-multipart` for too many parts, or an error of the parser where the form is
 * truncated or malformed
 */
export async function parseForm(body: Buffer, contentType: string): Promise<FormPart[]> {
  // The parser takes it for a truncated form.
  if (body.length === 0) return [];
  const parts: FormPart[] = [];
  const headers = { 'content-type': contentType };
  const parser = new Busboy({ headers, limits, isPartAFile });
  // The parser's types hide that a part may have no name.
  parser.on('field', (name = '', content, _isNameTruncated, isTruncated) => {
    parts.push({ name, content, isTruncated });
  });
  parser.on('file', (name = '', stream) => {
    const at = parts.length;
    const pieces: Buffer[] = [];
    parts.push({ name, content: '', isTruncated: true });
    stream.on('data', piece => pieces.push(piece));
    // The parser fails with the same error.
    stream.on('error', () => {});
    stream.on('end', () => {
      parts[at] = { name, content: Buffer.concat(pieces), isTruncated: false };
    });
  });
  parser.on('partsLimit', () => {
    const detail = `The form has more than ${limits.parts} parts.`;
    parser.destroy(new Problem('malformed-multipart', detail));
  });
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => reject(new Error('The form has no end.'));
    pipeline(slices(body, giveUp), parser).then(resolve, reject);
  });
  return parts;
}

/** The parser finishes in the same turn, if at all. */
const turnsToFinish = 10;

/**
 * One in each turn of the event loop. `giveUp` is called after the last one, because the parser never
 * finishes where its boundary is a part of the one in the body.
 */
async function* slices(body: Buffer, giveUp: () => void): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += sliceBytes) {
    yield body.subarray(at, at + sliceBytes);
    await nextTurn();
  }
  callAfterTurns(giveUp);
}

async function callAfterTurns(callback: () => void): Promise<void> {
  for (let turn = 0; turn < turnsToFinish; turn++) await setImmediate();
  callback();
}
