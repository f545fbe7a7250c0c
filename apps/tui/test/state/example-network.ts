// A network of 784-53-31-10 as the service shows it: the outputs of its layers, and one of its neurons.

import type { Neuron, NeuronActivation, NeuronPosition, Prediction } from '@digits/client';
import { sevenPrediction } from '../fake-service.ts';

/** The outputs of a layer; every third neuron is silent, and one has the greatest output. */
function outputs(count: number, greatest: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    index === greatest ? 9.5 : index % 3 === 0 ? 0 : 1 + (index % 7) / 4,
  );
}

export const exampleLayers = [outputs(53, 17), outputs(31, 5), Array(10).fill(-1)];

/** Of a seven. */
export const layeredPrediction: Prediction = {
  ...sevenPrediction,
  seen: Array(784).fill(0),
  layers: exampleLayers,
};

/** The upper half of its weights is positive, the lower half negative; it speaks for 7, against 2. */
const weights = {
  inputWeights: Array.from({ length: 784 }, (_, index) => (index < 392 ? 0.5 : -0.5)),
  digitWeights: [0, 0.1, -1, 0.2, 0, 0, 0, 2, 0, 0.1],
};

export function exampleNeuron(position: NeuronPosition): Neuron {
  return {
    ...position,
    ...weights,
    model: sevenPrediction.model,
    bias: -0.25,
    weights: [0.5],
    examples: [7, 7, 9].map((label, index) => ({
      ...{ label, index, activation: 12.5 - index },
      pixels: Uint8Array.from({ length: 784 }, (_, pixel) => (pixel % 28 === 14 ? 255 : 0)),
    })),
    examplesStatus: 'ready',
  };
}

export function exampleActivation(position: NeuronPosition): NeuronActivation {
  return { ...position, ...weights, model: sevenPrediction.model, activation: 9.5 };
}
