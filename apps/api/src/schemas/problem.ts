// The error responses of a route, for its documentation.

import { type ProblemCode, ProblemDetails, problemContentType } from '@digits/protocol';
import type { TSchema } from 'typebox';
import { problemDetails, problems } from '../problem.ts';

const exampleDetail = 'What was wrong this time, and what to do about it.';

/** The responses with these problems by status, for a route's schema. */
export function problemResponses(...codes: readonly ProblemCode[]): ProblemResponses {
  return describeProblems(codes, {
    contentType: problemContentType,
    schema: ProblemDetails,
    example: code => problemDetails(code, exampleDetail),
  });
}

/** The form in which a route reports problems. */
export interface ProblemForm {
  readonly contentType: string;
  readonly schema: TSchema;
  example(code: ProblemCode): object;
}

interface ProblemResponse {
  readonly description: string;
  readonly content: Readonly<
    Record<string, { readonly schema: TSchema; readonly examples: object }>
  >;
}

export type ProblemResponses = Readonly<Record<string, ProblemResponse>>;

/** The responses with these codes by status; each code is one example. */
export function describeProblems(
  codes: readonly ProblemCode[],
  { contentType, schema, example }: ProblemForm,
): ProblemResponses {
  const byStatus = Object.groupBy(codes, code => problems[code].status);
  const describe = (group: readonly ProblemCode[]) => {
    const examples = Object.fromEntries(group.map(code => [code, { value: example(code) }]));
    const description = group.map(code => `\`${code}\`: ${problems[code].title}.`).join(' ');
    return { description, content: { [contentType]: { schema, examples } } };
  };
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [status, describe(group)]),
  );
}
