// What the schemas of the routes do to a request: its query and its path are checked, after texts
// have become the numbers and truth values that are meant. TypeBox reads a schema as it is; Fastify's
// own compiler would take a fifth of the start-up to turn them all into code.

import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { Problem } from '../problem.ts';

/**
 * The app's `validatorCompiler`. Bodies are bytes, or a stream not read yet; their schemas are there
 * to be read in /docs.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'body') return () => true;
  // Most requests have no query, and where none is needed there is nothing to check.
  let isNoneEnough: boolean | undefined;
  return given => {
    if (isEmpty(given)) {
      isNoneEnough ??= Value.Check(schema, {}) && isEmpty(Value.Default(schema, {}));
      if (isNoneEnough) return { value: given };
    }
    const value = Value.Default(schema, Value.Convert(schema, given));
    if (Value.Check(schema, value)) return { value };
    return { error: new Problem('bad-request', explainMistakes(schema, value)) };
  };
};

function isEmpty(given: unknown): boolean {
  for (const _ in given as object) return false;
  return true;
}

function explainMistakes(schema: TSchema, value: unknown): string {
  const mistakes = Value.Errors(schema, value).map(({ instancePath, message, params }) => {
    const name = instancePath.slice(1);
    const allowed = 'allowedValues' in params ? `: ${params.allowedValues.join(', ')}` : '';
    return `"${name}" ${message}${allowed}.`;
  });
  return mistakes.join(' ');
}
