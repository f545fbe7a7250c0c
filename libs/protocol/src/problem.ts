// Problem details (RFC 9457), with a stable code beside the members that the RFC defines.

import { type Static, Type } from 'typebox';
import { problemCodes } from './constants.ts';

/** The body of every error response of the service. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ description: 'Identifies the kind of problem.' }),
    title: Type.String({
      description: 'What is wrong; the same for every occurrence of a problem.',
    }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'What was wrong this time, and what to do about it.' }),
    code: Type.Enum(problemCodes, { type: 'string', description: 'A stable code for programs.' }),
  },
  { title: 'Problem' },
);

export type ProblemDetails = Static<typeof ProblemDetails>;

/**
 * The members of problem details that a client reads. All others are optional, because a proxy or a
 * later version of the service may send other codes and leave members out.
 */
export const ReceivedProblem = Type.Object({
  title: Type.String(),
  detail: Type.Optional(Type.Unknown()),
});

export type ReceivedProblem = Static<typeof ReceivedProblem>;
