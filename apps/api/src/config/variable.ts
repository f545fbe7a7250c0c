// The types of environment variables: how each is parsed and how its values are described.

import { isIPv6 } from 'node:net';
import { canonicalHostName } from './host-name.ts';

export interface Variable<Value> {
  readonly name: string;
  readonly help: string;
  /** The value where the variable is absent or empty. */
  readonly fallback: Value;
  /** The fallback as --help shows it. */
  readonly fallbackText: string;
  /** Completes "… must be". */
  readonly expected: string;
  /** Whether messages must not repeat its value. */
  readonly isSecret: boolean;
  /** @returns undefined for an invalid value */
  parse(text: string): Value | undefined;
}

interface Description<Value> {
  readonly name: string;
  readonly help: string;
  readonly fallback: Value;
  readonly fallbackText?: string;
}

export function text<Fallback extends string | undefined>(
  description: Description<Fallback>,
): Variable<string | Fallback> {
  return variable<string | Fallback>(description, 'text', value => value);
}

export function wholeNumber<Fallback extends number | undefined>(
  description: Description<Fallback>,
  { min, max }: { readonly min: number; readonly max: number },
): Variable<number | Fallback> {
  return variable<number | Fallback>(description, `a whole number from ${min} to ${max}`, value => {
    const number = Number(value);
    return /^\d+$/.test(value) && number >= min && number <= max ? number : undefined;
  });
}

export function oneOf<const Choice extends string>(
  description: Description<Choice>,
  choices: readonly Choice[],
): Variable<Choice> {
  return variable(description, `one of ${choices.join(', ')}`, value =>
    choices.find(choice => choice === value),
  );
}

/** A relative path without `..`, empty or hidden segments. */
export function pathBelow(
  description: Description<string | undefined>,
  expected: string,
): Variable<string | undefined> {
  const name = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
  const path = new RegExp(`^${name}(/${name})*$`);
  return variable<string | undefined>(description, expected, value =>
    path.test(value) ? value : undefined,
  );
}

/** An API key: visible ASCII, which needs no encoding in a header. */
export function key(description: Description<string | undefined>): Variable<string | undefined> {
  const parse = (value: string) => (/^[\x21-\x7e]{1,256}$/.test(value) ? value : undefined);
  const expected = '1 to 256 visible ASCII characters without spaces';
  return { ...variable<string | undefined>(description, expected, parse), isSecret: true };
}

/** The address of a folder on an HTTP server. It can contain a password. */
export function folderAddress(description: Description<undefined>): Variable<URL | undefined> {
  const expected = 'an address like https://example.org/models, without a query';
  return { ...variable<URL | undefined>(description, expected, toFolderAddress), isSecret: true };
}

function toFolderAddress(value: string): URL | undefined {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) return undefined;
  try {
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    return undefined;
  }
}

/** Of pg, which gives libpq's other modes other meanings. */
const sslModes: readonly string[] = ['disable', 'no-verify', 'verify-full'];

/** The address of a PostgreSQL database. It can contain a password. */
export function postgresAddress(description: Description<undefined>): Variable<URL | undefined> {
  const parse = (value: string) => {
    const url = URL.parse(value);
    if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2) return undefined;
    return sslModes.includes(url.searchParams.get('sslmode') ?? 'disable') ? url : undefined;
  };
  const expected =
    'an address like postgres://user:password@host:5432/database, with sslmode disable, no-verify or verify-full';
  return { ...variable<URL | undefined>(description, expected, parse), isSecret: true };
}

/** Origins as browsers send them, or `*` for every origin. */
export function origins(description: Description<readonly string[]>): Variable<readonly string[]> {
  const expected = '* or origins like https://example.org, separated by commas';
  return variable(description, expected, value => {
    const list = value.split(',').map(origin => origin.trim());
    const isValid = value === '*' || list.every(isOrigin);
    return isValid ? list : undefined;
  });
}

function isOrigin(value: string): boolean {
  return /^https?:/.test(value) && URL.parse(value)?.origin === value;
}

/**
 * Host names in their canonical form; `.example.org` stands for a domain with its subdomains,
 * `*.example.org` for those alone, and `*` for every name.
 */
export function hostNames(
  description: Description<readonly string[]>,
): Variable<readonly string[]> {
  const expected =
    '* or host names without ports, such as digits.example or .example.org, separated by commas';
  return variable(description, expected, value => {
    if (value === '*') return [value];
    const list = value.split(',').map(name => toHostPattern(name.trim()));
    return list.every(name => name !== undefined) ? list : undefined;
  });
}

function toHostPattern(text: string): string | undefined {
  const [, wildcard = '', name = ''] = /^(\*?\.)?(.*)$/.exec(text) ?? [];
  if (isIPv6(name)) return wildcard ? undefined : canonicalHostName(`[${name}]`);
  if (/[:*]/.test(name) && !/^\[.*\]$/.test(name)) return undefined;
  const host = canonicalHostName(name);
  return host && `${wildcard}${host}`;
}

function variable<Value>(
  { name, help, fallback, fallbackText = String(fallback) }: Description<Value>,
  expected: string,
  parse: (text: string) => Value | undefined,
): Variable<Value> {
  return { name, help, fallback, fallbackText, expected, isSecret: false, parse };
}
