// Text from other programs: one line of it made safe for the screen, JSON that is safe to print, the
// tail of a child process's stderr, and the fields of a JSON object.

import type { Readable } from 'node:stream';

/**
 * Makes text printable, so that it cannot steer the terminal.
 * @returns one line: every run of control, format, surrogate and line-breaking characters becomes a
 *   space, and text longer than the limit ends in an ellipsis
 */
export function printable(text: string, maxLength: number): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}

/**
 * JSON.stringify leaves DEL, C1 controls and format characters as they are, which can steer a terminal.
 * @returns JSON in which they are escaped; the value is the same
 */
export function printableJson(value: unknown, indent?: number): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu,
    character => character.replace(/./gs, escaped),
  );
}

/** Enough for the last lines of a child process. */
const maxTailCharacters = 2000;

/** @returns a function that gives the last characters written so far */
export function collectStderrTail(stderr: Readable | null): () => string {
  let tail = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-maxTailCharacters);
  });
  return () => tail;
}

/** @returns the line of a stack trace that names the error, or all of other text; no full stop */
export function summarizeStderr(stderr: string): string {
  const error = stderr.split('\n').findLast(line => /^\w*Error\b/.test(line));
  return printable(error ?? stderr, 200).replace(/\.$/, '');
}

/** @returns the fields of a JSON object; none if the text is not one */
export function jsonFields(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
