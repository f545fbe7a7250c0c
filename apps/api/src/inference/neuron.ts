// Describes a neuron of the served model: its weights, and what it does for one picture.

import {
  hasNeuron,
  type LoadedModel,
  layerOutputs,
  type NeuronPosition,
  neuronParameters,
  weightsToClasses,
  weightsToInput,
} from '@digits/nn';
import type { Neuron, NeuronActivation } from '@digits/protocol';
import { Problem } from '../problem.ts';
import { referTo } from '../schemas/model.ts';
import { roundNumber, toNumbers } from './explain.ts';

/** @throws Problem `no-such-neuron` */
export function requireNeuron({ model }: LoadedModel, position: NeuronPosition): void {
  const { layer, index } = position;
  if (hasNeuron(model.network, position)) return;
  const [inputs, ...sizes] = model.layerSizes;
  const neurons = sizes[layer - 1];
  throw new Problem(
    'no-such-neuron',
    neurons === undefined
      ? `The layers after the ${inputs} inputs are 1 to ${sizes.length}; there is no layer ${layer}.`
      : `Layer ${layer} has the neurons 0 to ${neurons - 1}; there is no neuron ${index}.`,
  );
}

/** @param position of an existing neuron */
export function describeNeuron(
  champion: LoadedModel,
  position: NeuronPosition,
): Omit<Neuron, 'examples' | 'examplesStatus'> {
  const { network } = champion.model;
  const { bias, weights } = neuronParameters(network, position);
  return {
    model: referTo(champion),
    ...position,
    bias: roundNumber(bias),
    weights: toNumbers(weights),
    inputWeights: toNumbers(weightsToInput(network, position)),
    digitWeights: toNumbers(weightsToClasses(network, position)),
  };
}

/**
 * @param position of an existing neuron
 * @param pixels [784] ink in 0…1, not blank
 */
export function describeActivation(
  champion: LoadedModel,
  position: NeuronPosition,
  pixels: Float32Array,
): NeuronActivation {
  const { network } = champion.model;
  const outputs = layerOutputs(champion.model, pixels);
  return {
    model: referTo(champion),
    ...position,
    activation: roundNumber(outputs[position.layer - 1]![position.index]!),
    inputWeights: toNumbers(weightsToInput(network, position, outputs)),
    digitWeights: toNumbers(weightsToClasses(network, position, outputs)),
  };
}
