// Settings of the commands from the environment.

import { isAbsolute, relative, resolve } from 'node:path';
import { Option } from 'commander';
import type { FetchOptions } from '../../src/data/correction-files.ts';
import type { Program } from './program.ts';

/** An option for the models folder. @param flags for example '--models <folder>' */
export function modelsOption(
  flags: string,
  description: string,
  { models, modelsText }: Program,
): Option {
  return new Option(flags, description).default(models, modelsText);
}

/**
 * A path for messages: relative if it lies below the folder in which the user called the command.
 *
 * @param calledIn npm and npx name this folder; Nx runs every command in the root of the repository
 */
export function shownPath(path: string, calledIn = process.env['INIT_CWD'] ?? ''): string {
  const below = relative(calledIn, path);
  return below.startsWith('..') || isAbsolute(below) ? resolve(path) : below;
}

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
