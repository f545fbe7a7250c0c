// How Fastify applies the routes' schemas: TypeBox checks queries and paths, fast-json-stringify
// writes the answers. Both work on a schema when it is first used, not while the service starts.

import serializerSelector from '@fastify/fast-json-stringify-compiler';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
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
    const value = Value.Default(schema, Value.Convert(schema, input));
    if (Value.Check(schema, value)) return { value };
    return { error: new Problem('bad-request', describeErrors(schema, value)) };
  };
};

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

/**
 * The app's `buildSerializer`: compiles a schema at the first answer that uses it. Compiling all of
 * them at once would take a fifth of the start.
 */
export const buildLazySerializer: BuildSerializer = (schemas, options) => {
  let compile: ReturnType<BuildSerializer> | undefined;
  return route => {
    let serialize: ((answer: unknown) => string) | undefined;
    return answer => {
      compile ??= serializerSelector()(schemas, options);
      serialize ??= compile(route);
      return serialize(answer);
    };
  };
};
