// JSON, valid or mutated: wild numbers and names, depth, duplicates, and text that is almost JSON.
// Trees are written by hand, because JSON.stringify writes none of these.

import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import { names, numbers, wildText } from './values.ts';

/** A value, or its text. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject | Raw;
interface JsonObject {
  readonly [name: string]: Json;
}

/** Text that is written as it is. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const raws: readonly ((random: Random) => string)[] = [
  random => random.pick(numbers),
  () => '9'.repeat(200_000),
  () => `0.${'1'.repeat(200_000)}`,
  () => `1e${'9'.repeat(300)}`,
  random => '['.repeat(random.pick([100, 5000, 100_000])),
  random => `${'['.repeat(2000)}${']'.repeat(random.pick([1999, 2000]))}`,
  () => '{"a":'.repeat(3000),
  () => '"\\ud800"',
  () => '"\\u0000"',
  () => '"\u0001"',
  () => "'single'",
  () => '/* comment */ 1',
  () => '{"a":1,"a":2}',
  () => '{"__proto__":{"polluted":true}}',
  () => '{"constructor":{"prototype":{"polluted":true}}}',
  () => `[${'1,'.repeat(120_000)}1]`,
  () => `[${'{},'.repeat(60_000)}{}]`,
  () => '{"a":1},'.repeat(5000),
  () => '"x"'.padEnd(100_000, ' '),
  () => 'undefined',
  () => '',
];

const plain: readonly Json[] = [null, true, false, 0, -1, 1.5, '', 'input', [], {}, [[]], [null]];

function wildValue(random: Random): Json {
  if (random.chance(0.5)) return random.pick(plain);
  if (random.chance(0.4)) return wildText(random);
  return new Raw(random.pick(raws)(random));
}

function isObject(json: Json): json is JsonObject {
  return (
    typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Raw)
  );
}

/** Replaces, adds, removes or doubles one value somewhere in the tree. */
export function mutateJson(json: Json, random: Random): Json {
  if (Array.isArray(json) && json.length > 0 && random.chance(0.8)) {
    const at = random.below(json.length);
    const doubled = random.chance(0.1) ? [json[at]!, json[at]!] : [mutateJson(json[at]!, random)];
    return json.toSpliced(at, 1, ...(random.chance(0.1) ? [] : doubled));
  }
  if (isObject(json) && random.chance(0.9)) {
    const entries = Object.entries(json);
    const at = random.below(entries.length + 1);
    if (at === entries.length) return withEntry(entries, random.pick(names), wildValue(random));
    const [name, value] = entries[at]!;
    if (random.chance(0.1)) return Object.fromEntries(entries.toSpliced(at, 1));
    return withEntry(entries.toSpliced(at, 1), name, mutateJson(value, random));
  }
  return wildValue(random);
}

/** Not by assignment, which would set the prototype where the name is `__proto__`. */
function withEntry(entries: readonly [string, Json][], name: string, value: Json): JsonObject {
  return Object.fromEntries([...entries, [name, value]]);
}

function write(json: Json): string {
  if (json instanceof Raw) return json.text;
  if (Array.isArray(json)) return `[${json.map(write).join(',')}]`;
  if (!isObject(json)) return JSON.stringify(json);
  const members = Object.entries(json).map(
    ([name, value]) => `${JSON.stringify(name)}:${write(value)}`,
  );
  return `{${members.join(',')}}`;
}

/** The text's bytes, mostly as UTF-8. */
export function encodeJson(json: Json, random: Random): Buffer {
  const text = write(json);
  return random.weighted<() => Buffer>([
    [30, () => Buffer.from(text)],
    [1, () => Buffer.from(`\ufeff${text}`)],
    [1, () => Buffer.from(text, 'utf16le')],
    [1, () => Buffer.from(text, 'latin1')],
    [1, () => Buffer.from(`${text}${text}`)],
    [2, () => mutateBytes(Buffer.from(text), random)],
    [1, () => Buffer.from(` \n\t${text} `)],
  ])();
}
