// The identity of the model that made a prediction, and the readiness of the service.

import { type Static, Type } from 'typebox';

/** A SHA-256 digest in lower-case hexadecimal. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** The model that made a prediction; part of every prediction. */
export const ModelReference = Type.Object({
  name: Type.String(),
  version: Type.String(),
  sha256: Sha256,
});

export type ModelReference = Static<typeof ModelReference>;

/** Used in the examples of the other schemas. */
export const exampleModel: ModelReference = {
  name: 'digits',
  version: 'standard-1-9f86d081',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

/** The answer of GET /health/ready. */
export const Readiness = Type.Object(
  {
    status: Type.Literal('ready'),
    model: ModelReference,
    feedback: Type.Union(
      [Type.Literal('available'), Type.Literal('full'), Type.Literal('unavailable')],
      {
        description:
          'Whether corrections can be stored, as of the last write or check; while it is `full` they can ' +
          'be read and deleted, while it is `unavailable` perhaps read.',
      },
    ),
  },
  { examples: [{ status: 'ready', model: exampleModel, feedback: 'available' }] },
);

export type Readiness = Static<typeof Readiness>;
