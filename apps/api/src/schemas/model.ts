// The served model: how answers name it, and its description by GET /model.

import type { LoadedModel } from '@digits/nn';
import { exampleModel, ModelReference } from '@digits/protocol';
import { type Static, Type } from 'typebox';

/** The reference to a model in every answer. */
export function referTo({ version, sha256 }: LoadedModel): ModelReference {
  return { name: 'digits', version, sha256 };
}

const fraction = { minimum: 0, maximum: 1 };

const RemoteModelsState = Type.Object({
  url: Type.String({ description: 'MODELS_URL, without user and password.' }),
  isServed: Type.Boolean({
    description: 'Whether the champion there, as of the last check, is the served model.',
  }),
  checkedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'Time of the last check that succeeded; null if none has.',
  }),
  problem: Type.Union([Type.String(), Type.Null()], {
    description: "The code of the last check's failure; null if it succeeded.",
  }),
});

export const ServedModel = Type.Object(
  {
    ...ModelReference.properties,
    layers: Type.Array(Type.Integer({ minimum: 1 }), {
      description: 'Inputs, hidden layers, classes.',
    }),
    parameters: Type.Integer({ minimum: 1, description: 'Number of weights and biases.' }),
    preprocessing: Type.String({ description: 'The name of the preprocessing.' }),
    temperature: Type.Number({ description: 'Divides the logits before softmax.' }),
    seed: Type.String(),
    trainedOn: Type.String(),
    acceptance: Type.Union(
      [
        Type.Object({ minConfidence: Type.Number(fraction), maxEnergy: Type.Number() }),
        Type.Null(),
      ],
      { description: 'Rejection thresholds; null if every prediction is accepted.' },
    ),
    accuracy: Type.Union(
      [
        Type.Object({
          data: Type.String(),
          count: Type.Integer({ minimum: 1 }),
          correct: Type.Integer({ minimum: 0 }),
          accuracy: Type.Number(fraction),
        }),
        Type.Null(),
      ],
      {
        description:
          'Measured on pictures that it was not trained on; null if it was not measured.',
      },
    ),
    remote: Type.Union([RemoteModelsState, Type.Null()], {
      description: 'Where the champion is fetched from; null without MODELS_URL.',
    }),
    shadow: Type.Union([ModelReference, Type.Null()], {
      description:
        'The shadow model, whose predictions are compared but not returned; null if there is none.',
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
        remote: null,
        shadow: null,
      },
    ],
  },
);

export type ServedModel = Static<typeof ServedModel>;

export function describeChampion(champion: LoadedModel): Omit<ServedModel, 'remote' | 'shadow'> {
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
