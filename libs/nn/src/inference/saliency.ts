// Saliency: the gradient of a class's logit with respect to the pixels (Simonyan, Vedaldi and Zisserman 2014).

import { backwardToInput, createOutputGradients, forward } from '../engine/network.ts';
import type { Model } from './model.ts';

/**
 * Computes the gradient for one image and one class.
 *
 * @param pixels [inputs], from the model's preprocessing; not kept
 * @param digit the class
 * @returns ∂ logit of the class / ∂ pixels, [inputs], a new array
 */
export type InputGradient = (pixels: Float32Array, digit: number) => Float32Array;

/**
 * Allocates the gradients of one image in kernel memory, which is never freed: call it once per model. Gradient × input is a saliency map (Shrikumar, Greenside and Kundaje 2017).
 *
 * @throws NnError `model-unsupported` when the kernel memory is full
 */
export function createInputGradient({ network, activations }: Model): InputGradient {
  const dOutputs = createOutputGradients(network, 1);
  const dInput = network.kernels.allocate(activations.input.length);
  return (pixels, digit) => {
    activations.input.set(pixels);
    forward(network, activations, 1);
    dOutputs.at(-1)!.fill(0)[digit] = 1;
    backwardToInput(network, { activations, dOutputs }, dInput, 1);
    return dInput.slice();
  };
}
