// The option that names a service, which the app and its commands share.

import { InvalidArgumentError, Option } from 'commander';

/** Where the service of this workspace listens unless told otherwise. */
export const defaultApiUrl = 'http://127.0.0.1:8000';

/** For mistakes in the call, as the shell's own. */
export const usageExitCode = 2;

/** Without it, and without DIGITS_API, there is no value. */
export function apiOption(): Option {
  return new Option(
    '--api <url>',
    `the service to ask (default: ${defaultApiUrl}, or one of our own)`,
  )
    .env('DIGITS_API')
    .argParser(parseApiUrl);
}

/** An empty DIGITS_API is as good as none, and stays empty. */
function parseApiUrl(value: string): string {
  if (value === '') return value;
  const isHttp = /^https?:$/.test(URL.parse(value)?.protocol ?? '');
  if (!isHttp) throw new InvalidArgumentError('It must be an http or https address.');
  return value;
}
