// How Fastify applies the routes' schemas: TypeBox checks queries and paths, fast-json-stringify
// writes the answers. Both work on a schema when it is first used, not while the service starts.

import type serializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import { IsBoolean, IsInteger, IsObject, type TSchema } from 'typebox';
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
    return { error: new Problem('bad-request', describeErrors(schema, value)) };
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

/** TypeBox would also take "0x10", "1e0", "true" and "1n" for numbers. */
function convert(text: unknown, type: TSchema): unknown {
  if (typeof text !== 'string') return text;
  if (IsInteger(type) && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (IsBoolean(type) && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function isEmpty(input: unknown): boolean {
  for (const _ in input as object) return false;
  return true;
}

function describeErrors(schema: TSchema, value: unknown): string {
  const errors = Value.Errors(schema, value).map(({ instancePath, message, params }) => {
    const name = instancePath.slice(1);
    const allowed = 'allowedValues' in params ? `: ${params.allowedValues.join(', ')}` : '';
    return `"${name}" ${message}${allowed}.`;
  });
  return errors.join(' ');
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
