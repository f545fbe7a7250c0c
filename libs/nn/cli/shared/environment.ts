// What the commands take from the environment and the workspace.

import { fileURLToPath } from 'node:url';
import type { FetchOptions } from '../../src/data/correction-files.ts';

/** The models folder of this workspace, independent of the working directory. */
export const modelsFolder = fileURLToPath(new URL('../../../../models', import.meta.url));

/** The service's default address. */
const defaultService = 'http://127.0.0.1:8000';

/** Where corrections are read from. @param feedback value of the option; true where it has none */
export function feedbackSource(feedback: string | true): string {
  return feedback === true ? (process.env['DIGITS_API'] ?? defaultService) : feedback;
}

export function fetchOptions(signal: AbortSignal): FetchOptions {
  return { apiKey: process.env['DIGITS_API_KEY'], signal };
}

/** False where DIGITS_NO_REVECTORIZE is set: V8's option for 256-bit vectors is not changed then. */
export function usesWideVectors(): boolean {
  return (process.env['DIGITS_NO_REVECTORIZE'] ?? '') === '';
}
