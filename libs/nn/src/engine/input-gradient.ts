// Which pixels an answer hangs on: how a logit changes with each value of the input.

import type { Model } from '../inference/model.ts';
import { backwardToInput, createOutputGradients } from './backward.ts';
import { forward } from './network.ts';

/** @returns the gradient of the logit of class `digit` by the input, [inputs], a new array */
export type InputGradient = (pixels: Float32Array, digit: number) => Float32Array;

/**
 * Takes the room for one picture once; use the function again rather than another. Times the input
 * the gradient is a saliency map (Simonyan, Vedaldi and Zisserman 2014; Shrikumar, Greenside and
 * Kundaje 2017 for the product).
 */
export function createInputGradient({ network, activations }: Model): InputGradient {
  const dOutputs = createOutputGradients(network, 1);
  const dInput = network.kernels.allocate(activations.input.length);
  return (pixels, digit) => {
    activations.input.set(pixels);
    forward(network, activations, 1);
    dOutputs.at(-1)!.fill(0)[digit] = 1;
    backwardToInput(network, activations, dOutputs, dInput, 1);
    return dInput.slice();
  };
}
