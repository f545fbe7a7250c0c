// Parses any multipart/form-data in memory with @fastify/busboy: the parts of a form, in order.

import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { nextTurn } from '../next-turn.ts';

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

/** The parser takes about a millisecond for it. */
const sliceBytes = 64 * 1024;

/** @throws an error of the parser where the form is truncated, malformed or has too many parts */
export async function parseForm(body: Buffer, contentType: string): Promise<FormPart[]> {
  // The parser takes it for a truncated form.
  if (body.length === 0) return [];
  const parts: FormPart[] = [];
  const parser = new Busboy({ headers: { 'content-type': contentType }, limits });
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
  parser.on('partsLimit', () => parser.destroy(new Error('The form has too many parts.')));
  await pipeline(slices(body), parser);
  return parts;
}

/** One in each turn of the event loop. */
async function* slices(body: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += sliceBytes) {
    yield body.subarray(at, at + sliceBytes);
    await nextTurn();
  }
}
