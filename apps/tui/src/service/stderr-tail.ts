// What a child process wrote to stderr, as far as it tells why the child ended.

import type { Readable } from 'node:stream';
import { printable } from '../untrusted-text.ts';

/** Of what a child writes, enough for the last lines. */
const maxTailCharacters = 2000;

/** @returns what has been written last, when it is called */
export function collectStderrTail(stderr: Readable | null): () => string {
  let kept = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(-maxTailCharacters);
  });
  return () => kept;
}

/** Of a stack trace the line that names the error, of anything else all; without a full stop. */
export function summarizeStderr(stderr: string): string {
  const error = stderr.split('\n').findLast(line => /^\w*Error\b/.test(line));
  return printable(error ?? stderr, 200).replace(/\.$/, '');
}
