// The way back through a network, layer by layer: gradients by its input, to see which pixels an
// answer hangs on, or by its parameters. Training takes the same way in pieces that threads share
// (train/step-work.ts) and is tested against this one.

import {
  activationBackward,
  type DenseGradients,
  type DensePass,
  inputBackward,
  parametersBackward,
} from './dense.ts';
import type { Activations, Network } from './network.ts';

/** For every layer [capacity, outputs]: room for the gradient by its output. */
export type OutputGradients = readonly Float32Array[];

export function createOutputGradients(
  { kernels, layers }: Network,
  capacity: number,
): OutputGradients {
  return layers.map(layer => kernels.allocate(capacity * layer.outputs));
}

/** Room for the gradients by the parameters of every layer. */
export type ParameterGradients = readonly DenseGradients[];

export function createParameterGradients({ kernels, layers }: Network): ParameterGradients {
  return layers.map(layer => ({
    dWeight: kernels.allocate(layer.weight.length),
    dBias: kernels.allocate(layer.bias.length),
  }));
}

/**
 * Backpropagation to the parameters. Expects the gradient of the loss by the logits in the last of
 * `dOutputs`, and overwrites the others on the way. The gradient by the network's input, which
 * training has no use for, is not computed.
 *
 * @param dropoutRate the rate that the forward pass had, 0 for none
 */
export function backward(
  network: Network,
  activations: Activations,
  dOutputs: OutputGradients,
  gradients: ParameterGradients,
  M: number,
  dropoutRate = 0,
): void {
  const { kernels, layers } = network;
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    const pass = passOf(activations, dOutputs, i, 1 / (1 - dropoutRate));
    activationBackward(kernels, layer, pass, M);
    parametersBackward(kernels, layer, gradients[i]!, pass, M);
    if (i > 0) inputBackward(kernels, layer, dOutputs[i - 1]!, pass, M);
  }
}

/**
 * Backpropagation to the input alone, after a forward pass without dropout: fills
 * dInput[M, inputs] from the gradient by the logits in the last of `dOutputs`.
 */
export function backwardToInput(
  network: Network,
  activations: Activations,
  dOutputs: OutputGradients,
  dInput: Float32Array,
  M: number,
): void {
  const { kernels, layers } = network;
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    const pass = passOf(activations, dOutputs, i, 1);
    activationBackward(kernels, layer, pass, M);
    inputBackward(kernels, layer, i === 0 ? dInput : dOutputs[i - 1]!, pass, M);
  }
}

function passOf(
  activations: Activations,
  dOutputs: OutputGradients,
  layer: number,
  keptScale: number,
): DensePass {
  return {
    input: layer === 0 ? activations.input : activations.outputs[layer - 1]!,
    output: activations.outputs[layer]!,
    dOutput: dOutputs[layer]!,
    keptScale,
  };
}
