// A network whose predictions are known, and images for it.

import type { Samples } from '../../../src/data/samples.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { createModel } from '../../../src/inference/model.ts';

const size = 784;

/** Predicts which of the first ten pixels is inked; it has no hidden layer. */
export function pixelReader() {
  const network = createNetwork(loopKernels, new Random(1), [size, 10]);
  const [layer] = network.layers;
  layer!.weight.fill(0);
  for (let digit = 0; digit < 10; digit++) layer!.weight[digit * 10 + digit] = 20;
  return createModel(network, {
    layerSizes: [size, 10],
    preprocessing: '',
    temperature: 1,
    seed: '',
    trainedOn: '',
    acceptance: null,
    accuracy: null,
  });
}

/** The pixel of a digit, and the mark of an unusual handwriting. */
export function picture(digit: number, mark?: number): Uint8Array {
  const inputs = new Uint8Array(size);
  inputs[digit] = 255;
  if (mark !== undefined) inputs.fill(255, 100 + 10 * mark, 110 + 10 * mark);
  return inputs;
}

/** Twenty images without a mark of each digit. */
export const known: Samples = {
  count: 200,
  size,
  inputs: Buffer.concat(Array.from({ length: 200 }, (_, i) => picture(i % 10))),
  labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
};
