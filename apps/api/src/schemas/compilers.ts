// How Fastify applies the routes' schemas: TypeBox checks queries and paths, fast-json-stringify
// writes the answers. Both work on a schema when it is first used, not while the service starts.

import type serializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { IsArray, IsBoolean, IsEnum, IsInteger, IsObject, IsUnion, type TSchema } from 'typebox';
import Value from 'typebox/value';
import { Problem } from '../problem.ts';

/**
 * The app's `validatorCompiler`: converts texts to the numbers and booleans of the schema, then
 * checks them. TypeBox interprets the schema; Fastify's own compiler (Ajv) would generate code for
 * all of them, a fifth of the start. Bodies are bytes or a stream that is not read yet, so their
 * schemas only document them.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'body') return () => true;
  // Most requests have no query: nothing to check where the schema requires none.
  let acceptsEmpty: boolean | undefined;
  return input => {
    if (isEmpty(input)) {
      acceptsEmpty ??= Value.Check(schema, {}) && isEmpty(Value.Default(schema, {}));
      if (acceptsEmpty) return { value: input };
    }
    const value = Value.Default(schema, readParameters(schema, input as Parameters));
    if (Value.Check(schema, value)) return { value };
    return {
      error: new Problem('bad-request', describeErrors(schema, value, input as Parameters)),
    };
  };
};

/** A repeated parameter is a list. */
type Parameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The parameters that the schema names, in their types. Names come from the schema, never from the
 * request, which may name the members of every object. A text that is no number stays one.
 */
function readParameters(schema: TSchema, input: Parameters): unknown {
  if (!IsObject(schema)) return input;
  const named = Object.entries(schema.properties).filter(([name]) => Object.hasOwn(input, name));
  return Object.fromEntries(named.map(([name, type]) => [name, convert(input[name], type)]));
}

/** As clients and forms write them; a parameter without a value, such as "?explain", is true. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['', '1', 'true', 'yes', 'on'].map(text => [text, true] as const),
  ...['0', 'false', 'no', 'off'].map(text => [text, false] as const),
]);

/**
 * TypeBox would also take "0x10", "1e0", "true" and "1n" for numbers. A list may be one text with
 * commas, and of a union the first type that the text fits is chosen.
 */
function convert(text: unknown, type: TSchema): unknown {
  if (typeof text !== 'string') return text;
  if (IsUnion(type)) {
    const values = type.anyOf.map(option => convert(text, option));
    return values.find((value, i) => Value.Check(type.anyOf[i]!, value)) ?? text;
  }
  if (IsArray(type)) return text.split(',');
  if (IsInteger(type) && /^-?\d{1,15}$/.test(text)) return Number(text);
  return IsBoolean(type) ? (booleans.get(text.toLowerCase()) ?? text) : text;
}

function isEmpty(input: unknown): boolean {
  for (const _ in input as object) return false;
  return true;
}

/** One sentence for each parameter that is wrong. */
function describeErrors(schema: TSchema, value: unknown, input: Parameters): string {
  const errors = Value.Errors(schema, value);
  const messages = new Map(
    errors.map(({ instancePath, message }) => [nameIn(instancePath), message]),
  );
  const sentences = [...messages].map(([name, message]) => {
    const sent = input[name] ?? '';
    if (Array.isArray(sent)) return `Send "${name}" once.`;
    const expected = IsObject(schema) ? describeExpected(schema.properties[name]) : undefined;
    const shown = JSON.stringify(sent.slice(0, maxShownCharacters));
    return `"${name}" ${expected ? `must be ${expected}` : message}, not ${shown}.`;
  });
  return sentences.join(' ');
}

/** @param path of the value that is wrong, perhaps one in a list: "/explain/0" */
function nameIn(path: string): string {
  return path.split('/')[1] ?? '';
}

const maxShownCharacters = 40;

const alternatives = new Intl.ListFormat('en', { type: 'disjunction' });

/** @returns undefined where the message of TypeBox serves */
function describeExpected(type: TSchema = {}): string | undefined {
  const { minimum, maximum, uniqueItems, format, pattern, description } = type as Constraints;
  if (IsBoolean(type)) return 'true or false';
  if (IsEnum(type)) return alternatives.format(type.enum.map(String));
  if (IsUnion(type)) return type.anyOf.map(describeExpected).join(', or ');
  if (IsArray(type)) {
    const once = uniqueItems ? ', each once' : '';
    return `a list, separated by commas, of ${describeExpected(type.items)}${once}`;
  }
  if (IsInteger(type)) return `a whole number from ${minimum} to ${maximum}`;
  if (pattern !== undefined) return description?.replace(/\.$/, '');
  return format === 'date-time' ? 'a time such as 2026-03-14T15:09:26Z' : undefined;
}

/** What the types of TypeBox do not name. */
interface Constraints {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly uniqueItems?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
}

type BuildSerializer = ReturnType<typeof serializerSelector>;

let selectSerializer: typeof serializerSelector | undefined;

/** Loads fast-json-stringify, which brings Ajv and would take a tenth of the start. */
export async function loadSerializer(): Promise<void> {
  ({ default: selectSerializer } = await import('@fastify/fast-json-stringify-compiler'));
}

/** Lets the first answer wait for fast-json-stringify. Call before adding routes. */
export function loadSerializerOnDemand(app: FastifyInstance): void {
  app.addHook('preSerialization', (_request, _reply, payload, done) => {
    if (selectSerializer) done(null, payload);
    else loadSerializer().then(() => done(null, payload), done);
  });
}

/**
 * The app's `buildSerializer`: compiles a schema at the first answer that uses it. Compiling all of
 * them at once would take a fifth of the start.
 */
export const buildLazySerializer: BuildSerializer = (schemas, options) => {
  let compile: ReturnType<BuildSerializer> | undefined;
  return route => {
    let serialize: ((answer: unknown) => string) | undefined;
    return answer => {
      // Loaded by `loadSerializerOnDemand`.
      compile ??= selectSerializer!()(schemas, options);
      serialize ??= compile(route);
      return serialize(answer);
    };
  };
};
