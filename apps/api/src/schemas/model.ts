// Which model answered, as every answer names it.

import type { LoadedModel } from '@digits/nn';
import { type Static, Type } from 'typebox';

const sha256 = { pattern: '^[0-9a-f]{64}$' };

/** The SHA-256 of something, in lower-case hexadecimal. */
export const Sha256 = Type.String(sha256);

export const ModelReference = Type.Object({
  name: Type.String(),
  version: Type.String(),
  sha256: Sha256,
});

export type ModelReference = Static<typeof ModelReference>;

export const exampleModel: ModelReference = {
  name: 'digits',
  version: 'standard-1-9f86d081',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};

export function referTo({ version, sha256 }: LoadedModel): ModelReference {
  return { name: 'digits', version, sha256 };
}

const share = { minimum: 0, maximum: 1 };

export const ServedModel = Type.Object(
  {
    ...ModelReference.properties,
    layers: Type.Array(Type.Integer({ minimum: 1 }), {
      description: 'Inputs, hidden layers, classes.',
    }),
    parameters: Type.Integer({ minimum: 1, description: 'Weights and biases in all.' }),
    preprocessing: Type.String({ description: 'How a picture becomes the input.' }),
    temperature: Type.Number({ description: 'Divides the logits before softmax.' }),
    seed: Type.String(),
    trainedOn: Type.String(),
    acceptance: Type.Union(
      [Type.Object({ minConfidence: Type.Number(share), maxEnergy: Type.Number() }), Type.Null()],
      { description: 'What an answer must have to be accepted; null where each is.' },
    ),
    accuracy: Type.Union(
      [
        Type.Object({
          data: Type.String(),
          count: Type.Integer({ minimum: 1 }),
          correct: Type.Integer({ minimum: 0 }),
          accuracy: Type.Number(share),
        }),
        Type.Null(),
      ],
      { description: 'Of pictures it was not trained on; null where nobody measured.' },
    ),
    shadow: Type.Union([ModelReference, Type.Null()], {
      description: 'The model that answers beside it, unseen; null where there is none.',
    }),
  },
  {
    title: 'Model',
    examples: [
      {
        ...exampleModel,
        layers: [784, 512, 256, 10],
        parameters: 535_818,
        preprocessing: 'mnist-fit/2',
        temperature: 1.12,
        seed: '1',
        trainedOn: 'mnist train without validation (55000)',
        acceptance: { minConfidence: 0.85, maxEnergy: -4.2 },
        accuracy: { data: 'mnist test', count: 10_000, correct: 9902, accuracy: 0.9902 },
        shadow: null,
      },
    ],
  },
);

export type ServedModel = Static<typeof ServedModel>;

export function describeChampion(champion: LoadedModel): Omit<ServedModel, 'shadow'> {
  const { layerSizes, accuracy, ...model } = champion.model;
  const { preprocessing, temperature, seed, trainedOn, acceptance } = model;
  return {
    ...referTo(champion),
    layers: [...layerSizes],
    parameters: layerSizes.slice(1).reduce((sum, N, i) => sum + (layerSizes[i]! + 1) * N, 0),
    preprocessing,
    temperature,
    seed,
    trainedOn,
    acceptance,
    accuracy: accuracy && { ...accuracy, accuracy: accuracy.correct / accuracy.count },
  };
}
