// Text that came from elsewhere, made fit for the screen: it must not steer the terminal.

import type { Readable } from 'node:stream';
/**
 * One line of printable text: every run of control, format, surrogate and line-breaking
 * characters becomes a space, and what is longer than the limit is cut off with an ellipsis.
 */
export function printable(text: string, maxLength: number): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}

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
