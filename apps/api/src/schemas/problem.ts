// The problem details of RFC 9457, with a stable code beside the members the RFC names.
import { type Static, Type } from 'typebox';
import { type ProblemCode, problems } from '../problems/problem.ts';

export const problemContentType = 'application/problem+json';

const codes = Object.keys(problems) as ProblemCode[];

export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'Identifies the kind of problem.' }),
    title: Type.String({ description: 'What is wrong, the same for each problem of this kind.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'What was wrong this time, and what to do.' }),
    code: Type.Enum(codes, { description: 'Stable; meant for programs.' }),
  },
  { title: 'Problem' },
);

export type ProblemDetails = Static<typeof ProblemDetails>;

/** The body that says what went wrong. */
export function problemDetails(code: ProblemCode, detail: string): ProblemDetails {
  const { title, status } = problems[code];
  return { type: `urn:digits:problem:${code}`, title, status, detail, code };
}

/** The responses with these codes, by status, for a route's schema. */
export function problemResponses(...routeCodes: readonly ProblemCode[]) {
  const byStatus = Object.groupBy(routeCodes, code => problems[code].status);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [status, describeProblems(group)]),
  );
}

function describeProblems(group: readonly ProblemCode[]) {
  const detail = 'What was wrong this time, and what to do.';
  const examples = group.map(code => [code, { value: problemDetails(code, detail) }]);
  return {
    description: group.map(code => `\`${code}\`: ${problems[code].title}.`).join(' '),
    content: {
      [problemContentType]: { schema: ProblemDetails, examples: Object.fromEntries(examples) },
    },
  };
}
