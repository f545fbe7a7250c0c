// Lines of JSON that the trainer's commands print, and the error for those that are not as expected.

import { AppError } from '../app-error.ts';

/** @throws AppError `trainer-bad-output` for malformed JSON */
export function parseOutputLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw badOutput('JSON', { cause });
  }
}

/** @param expected what the command should have printed */
export function badOutput(expected: string, options?: ErrorOptions): AppError {
  return new AppError('trainer-bad-output', `unexpected output instead of ${expected}`, options);
}
