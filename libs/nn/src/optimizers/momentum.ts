// Gradient descent with momentum over all parameters of a network.
import type { Gradients, Network } from '../network/network.ts';

export interface MomentumOptimizer {
  /** For every layer, the velocities of its weight and bias. */
  readonly velocities: readonly { readonly weight: Float32Array; readonly bias: Float32Array }[];
  readonly momentum: number;
}

export function createMomentumOptimizer(
  { kernels, layers }: Network,
  momentum: number,
): MomentumOptimizer {
  const velocities = layers.map(({ weight, bias }) => ({
    weight: kernels.allocate(weight.length),
    bias: kernels.allocate(bias.length),
  }));
  return { velocities, momentum };
}

/** One step down the gradients, in place. */
export function takeStep(
  { kernels, layers }: Network,
  { velocities, momentum }: MomentumOptimizer,
  gradients: Gradients,
  learningRate: number,
): void {
  const step = { learningRate, momentum };
  for (const [i, layer] of layers.entries()) {
    const { dWeight, dBias } = gradients.parameters[i]!;
    kernels.momentumStep(layer.weight, velocities[i]!.weight, dWeight, step);
    kernels.momentumStep(layer.bias, velocities[i]!.bias, dBias, step);
  }
}
