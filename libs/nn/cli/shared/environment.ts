// Settings of the commands from the environment and the workspace.

import { fileURLToPath } from 'node:url';
import type { FetchOptions } from '../../src/data/correction-files.ts';

/** The models folder of this workspace, independent of the working directory. */
export const modelsFolder = fileURLToPath(new URL('../../../../models', import.meta.url));

/** The service's default address. */
const defaultService = 'http://127.0.0.1:8000';

/** The source of corrections. @param feedback value of the option; true if given without a value */
export function feedbackSource(feedback: string | true): string {
  return feedback === true ? (process.env['DIGITS_API'] ?? defaultService) : feedback;
}

/** Options of requests to a service, with the key from DIGITS_API_KEY. */
export function fetchOptions(signal: AbortSignal): FetchOptions {
  return { apiKey: process.env['DIGITS_API_KEY'], signal };
}

/** Whether 256-bit vectors may be enabled: false if DIGITS_NO_REVECTORIZE is set. */
export function usesWideVectors(): boolean {
  return (process.env['DIGITS_NO_REVECTORIZE'] ?? '') === '';
}
