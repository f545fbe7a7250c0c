// Formats the options of a training for people. metrics.json keeps them as JSON, for programs.

import { parseJson } from '../../parse-json.ts';

/** A name in camelCase as words: 'label smoothing'; the names of files stay as they are. */
export function factName(name: string): string {
  if (!/^[\w ,]+$/.test(name)) return name;
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

/** An option as text: `{"decay":0.99}` becomes 'decay 0.99', `null` 'none'; other texts stay as they are. */
export function factText(text: string): string {
  if (text === 'null') return 'none';
  return text.startsWith('{') ? (describe(parseJson(text), 0) ?? text) : text;
}

/** Deeper values are not options of a training. */
const maxDepth = 3;

/** @returns undefined for what is no option */
function describe(value: unknown, depth: number): string | undefined {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.every(isNumber) ? value.join(' ') : undefined;
  if (value === undefined || depth === maxDepth) return undefined;
  if (typeof value !== 'object') return String(value);
  const { type, ...rest } = value as Readonly<Record<string, unknown>>;
  const parts = Object.entries(rest).map(([key, part]) => {
    if (typeof part === 'boolean') return `${part ? '' : 'no '}${factName(key)}`;
    const text = describe(part, depth + 1);
    const isNested = typeof part === 'object' && part !== null && !Array.isArray(part);
    return text === undefined
      ? undefined
      : `${factName(key)} ${isNested ? nested(part, text) : text}`;
  });
  if (parts.includes(undefined)) return undefined;
  return [...(type === undefined ? [] : [String(type)]), ...parts].join(', ');
}

/** A value with a type is that type, with the rest in brackets. */
function nested(value: object, text: string): string {
  if (!('type' in value)) return `(${text})`;
  const [type, ...rest] = text.split(', ');
  return rest.length === 0 ? type! : `${type} (${rest.join(', ')})`;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
