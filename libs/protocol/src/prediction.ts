// The answer of POST /predict.

import { type Static, Type } from 'typebox';
import { exampleModel, ModelReference, Sha256 } from './model.ts';

const probability = { minimum: 0, maximum: 1 };

/** The prediction for one picture. */
export const Prediction = Type.Object(
  {
    digit: Type.Union([Type.Integer({ minimum: 0, maximum: 9 }), Type.Null()], {
      description: 'The predicted digit; null for a blank picture.',
    }),
    confidence: Type.Number({
      ...probability,
      description: 'The probability of the predicted digit; 0 for a blank picture.',
    }),
    probabilities: Type.Array(Type.Number(probability), {
      minItems: 10,
      maxItems: 10,
      description: 'One for each digit from 0; all equal for a blank picture.',
    }),
    accepted: Type.Boolean({
      description: 'Whether the prediction meets the rejection thresholds.',
    }),
    reason: Type.Union(
      [Type.Literal('blank'), Type.Literal('not-a-digit'), Type.Literal('uncertain'), Type.Null()],
      { description: 'Why it is not accepted; null if it is.' },
    ),
    model: ModelReference,
    input: Type.Object({ sha256: Sha256 }, { description: 'The file as it was sent.' }),
    seen: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
        minItems: 784,
        maxItems: 784,
        description: 'With `explain`: the network’s input, 28 × 28 values, ink is 1.',
      }),
    ),
    saliency: Type.Optional(
      Type.Array(Type.Number(), {
        minItems: 784,
        maxItems: 784,
        description:
          'With `explain=saliency`: the saliency of each input value for the digit, as the gradient ' +
          'of its logit times the value.',
      }),
    ),
    layers: Type.Optional(
      Type.Array(Type.Array(Type.Number()), {
        minItems: 1,
        description:
          'With `explain=layers`: the outputs of every layer after the input, in the order of the ' +
          '`layers` of GET /model. Those of a hidden layer are 0 or more; the last ten are the logits ' +
          'of the digits.',
      }),
    ),
  },
  {
    title: 'Prediction',
    examples: [
      {
        digit: 7,
        confidence: 0.991,
        probabilities: [0.001, 0.001, 0.002, 0.001, 0, 0, 0, 0.991, 0.001, 0.003],
        accepted: true,
        reason: null,
        model: exampleModel,
        input: { sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae' },
      },
    ],
  },
);

export type Prediction = Static<typeof Prediction>;
