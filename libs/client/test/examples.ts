// A prediction, and a network of 784-53-31-10 as the service shows it.

import type { Neuron, NeuronActivation, NeuronPosition, Prediction } from '../src/index.ts';

export const sevenPrediction: Prediction = {
  digit: 7,
  confidence: 0.983,
  probabilities: [0.001, 0.002, 0.001, 0.003, 0.002, 0.001, 0.002, 0.983, 0.001, 0.004],
  reason: null,
  model: { name: 'digits', version: '5.7.11' },
};

/** The outputs of a layer; every third neuron is silent, and one has the greatest output. */
function outputs(count: number, greatest: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    index === greatest ? 9.5 : index % 3 === 0 ? 0 : 1 + (index % 7) / 4,
  );
}

export const layeredPrediction: Prediction = {
  ...sevenPrediction,
  layers: [outputs(53, 17), outputs(31, 5), Array<number>(10).fill(-1)],
};

/** It speaks for 7, against 2. */
const weights = {
  inputWeights: Array<number>(784).fill(0.5),
  digitWeights: [0, 0.1, -1, 0.2, 0, 0, 0, 2, 0, 0.1],
};

export function exampleNeuron(position: NeuronPosition): Neuron {
  const examples = [7, 7, 9].map((label, index) => ({
    ...{ label, index, activation: 12.5 - index },
    pixels: new Uint8Array(784),
  }));
  return {
    ...position,
    ...weights,
    ...{ model: sevenPrediction.model, bias: -0.25, weights: [0.5] },
    ...{ examples, examplesStatus: 'ready' },
  };
}

export function exampleActivation(position: NeuronPosition): NeuronActivation {
  return { ...position, ...weights, model: sevenPrediction.model, activation: 9.5 };
}
