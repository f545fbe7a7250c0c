// The answers to a probe.

import { Type } from 'typebox';
import { exampleModel, ModelReference } from './model.ts';

export const Liveness = Type.Object(
  { status: Type.Literal('live') },
  { examples: [{ status: 'live' }] },
);

export const Readiness = Type.Object(
  {
    status: Type.Literal('ready'),
    model: ModelReference,
    feedback: Type.Union([Type.Literal('available'), Type.Literal('unavailable')], {
      description: 'Whether corrections can be read, as the last who tried found it.',
    }),
  },
  { examples: [{ status: 'ready', model: exampleModel, feedback: 'available' }] },
);
