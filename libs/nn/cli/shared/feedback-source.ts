// Where corrections are fetched from when nobody says where.

import type { FetchOptions } from '../../src/data/correction-files.ts';

/** Where a service listens that nobody told otherwise. */
const defaultService = 'http://127.0.0.1:8000';

/** @param feedback what the option was given; true where it stands alone */
export function feedbackSource(feedback: string | true): string {
  return feedback === true ? (process.env['DIGITS_API'] ?? defaultService) : feedback;
}

export function fetchOptions(signal: AbortSignal): FetchOptions {
  return { apiKey: process.env['DIGITS_API_KEY'], signal };
}
