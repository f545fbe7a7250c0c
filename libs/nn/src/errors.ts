// The error class of the library, its codes, and how its messages quote values. Callers and tests use
// `code`, never the text.

import { inspect } from 'node:util';
import { printableLine } from './printable-line.ts';

/** The stable codes of all expected failures. */
export type NnErrorCode =
  | 'invalid-options'
  | 'data-missing'
  | 'data-corrupt'
  | 'data-mismatch'
  | 'data-unsupported'
  | 'model-missing'
  | 'model-outside'
  | 'model-corrupt'
  | 'model-truncated'
  | 'model-header-too-large'
  | 'model-header-malformed'
  | 'model-tensors-misplaced'
  | 'model-wrong-type'
  | 'model-wrong-shape'
  | 'model-not-finite'
  | 'model-unsupported'
  | 'champion-missing'
  | 'champion-corrupt'
  | 'champion-digest-mismatch'
  | 'champion-changed'
  | 'history-corrupt'
  | 'history-empty'
  | 'models-locked'
  | 'training-diverged'
  | 'thread-lost'
  | 'checkpoint-missing'
  | 'checkpoint-mismatch'
  | 'checkpoint-corrupt'
  | 'write-failed';

/**
 * An expected failure: invalid options, data or files. Programming errors are thrown as other classes. The
 * message is one printable line, because it quotes files, which can contain a megabyte of escape sequences.
 */
export class NnError extends Error {
  override readonly name = 'NnError';
  readonly code: NnErrorCode;

  constructor(code: NnErrorCode, message: string, options?: ErrorOptions) {
    super(withoutSystemCall(printableLine(message)), options);
    this.code = code;
  }
}

/**
 * Shortens the text of Node's system errors, "ENOENT: no such file or directory, open '/data'", to what a
 * reader needs: the message names the file itself, and `cause` keeps the rest.
 */
function withoutSystemCall(message: string): string {
  return message.replace(
    /\bE[A-Z\d]{2,}: ([^,:]+), [a-z]+(?: '.*?'(?: -> '.*?')?)?(?=: |; |$)/,
    '$1',
  );
}

/** @returns a value as a message quotes it, so that '3' and 3, or null and 'null', differ */
export function quoted(value: unknown): string {
  return inspect(value, {
    depth: 0,
    maxArrayLength: 3,
    maxStringLength: 40,
    breakLength: Infinity,
  });
}
