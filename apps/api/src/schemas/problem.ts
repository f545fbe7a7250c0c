// The problem details of RFC 9457, with a stable code beside the members the RFC names.

import { type Static, type TSchema, Type } from 'typebox';
import { type ProblemCode, problems } from '../problem.ts';

export const problemContentType = 'application/problem+json';

const codes = Object.keys(problems) as ProblemCode[];

export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'Identifies the kind of problem.' }),
    title: Type.String({ description: 'What is wrong, the same for each problem of this kind.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'What was wrong this time, and what to do.' }),
    code: Type.Enum(codes, { type: 'string', description: 'Stable; meant for programs.' }),
  },
  { title: 'Problem' },
);

export type ProblemDetails = Static<typeof ProblemDetails>;

/** The body that says what went wrong. */
export function problemDetails(code: ProblemCode, detail: string): ProblemDetails {
  const { title, status } = problems[code];
  return { type: `urn:digits:problem:${code}`, title, status, detail, code };
}

const exampleDetail = 'What was wrong this time, and what to do.';

/** The responses with these codes, by status, for a route's schema. */
export function problemResponses(...codes: readonly ProblemCode[]): ProblemResponses {
  return describeProblems(codes, {
    contentType: problemContentType,
    schema: ProblemDetails,
    example: code => problemDetails(code, exampleDetail),
  });
}

/** What a problem looks like to the clients of a route. */
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

/** The responses with these codes, by status; each code is an example of its own. */
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
