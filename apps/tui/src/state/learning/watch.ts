// Watching a small network learn: what it is trained on and how, and what is known of the training.

import type { TrainingView } from '@digits/screen';

/** The rows of the form, in their order. */
export const watchRows = ['layers', 'learningRate', 'batchSize', 'images'] as const;
export type WatchRow = (typeof watchRows)[number];

/** Of each row the index of the chosen value. */
export type WatchChoices = Readonly<Record<WatchRow, number>>;

/** The values of each row; `layers` are the hidden layers between 784 inputs and ten digits. */
export const watchValues = {
  layers: [[16], [64], [64, 32], [128, 64], [256, 128], [64, 32, 16]],
  learningRate: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
  batchSize: [8, 16, 32, 64, 128, 256],
  images: [1000, 2000, 5000, 10_000, 20_000, 55_000],
} as const;

/** 784-64-32-10 in batches of 32: most digits are right after a second, and one sees it happen. */
const firstChoices: WatchChoices = { layers: 2, learningRate: 2, batchSize: 2, images: 3 };

/** A training to watch. */
export interface Watch {
  readonly choices: WatchChoices;
  /** `undefined` until a training is started */
  readonly view: TrainingView | undefined;
  /** whether the network is saved, or will be when it is trained */
  readonly isKept: boolean;
  /** why the last training failed; printable */
  readonly failure: string | undefined;
}

export const noWatch: Watch = {
  choices: firstChoices,
  view: undefined,
  isKept: false,
  failure: undefined,
};

/** @returns the choices with another value in a row; the first and the last one have no further neighbour. */
export function withChoice(choices: WatchChoices, row: WatchRow, steps: number): WatchChoices {
  const last = watchValues[row].length - 1;
  return { ...choices, [row]: Math.min(Math.max(choices[row] + steps, 0), last) };
}

/** @returns the sizes of all layers */
export function layerSizesOf({ layers }: WatchChoices): number[] {
  return [784, ...watchValues.layers[layers]!, 10];
}

/** Twice the accuracy of a guess among ten digits; a network that always gives the same one has 11 %. */
const minLearntAccuracy = 0.2;

/** @returns what to try after a training that taught nothing; `undefined` after any other, and before the end. */
export function remedyFor({ view, choices }: Watch): 'smaller' | 'larger' | undefined {
  const accuracy = view?.accuracies.at(-1)?.y;
  if (view?.isDone !== true || accuracy === undefined || accuracy >= minLearntAccuracy) {
    return undefined;
  }
  // The rate chosen first learns with every other choice: a lower one is too slow, a higher one diverged.
  return choices.learningRate < firstChoices.learningRate ? 'larger' : 'smaller';
}
