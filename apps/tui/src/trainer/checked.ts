// The narrowing of a line of JSON from another process to what the contract says.

import { AppError } from '../app-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** @throws AppError trainer-bad-output unless the line is a JSON object */
export function fieldsOf(line: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw badOutput('JSON', { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw badOutput('a JSON object');
}

/** @param expected what it should have said */
export function badOutput(expected: string, options?: ErrorOptions): AppError {
  const message = `it said something else than ${expected}, which was expected of it`;
  return new AppError('trainer-bad-output', message, options);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** The name of a folder of the models, which is handed on to a command; an answer names it whole. */
export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^\w[\w.-]{0,39}$/.test(value);
}
