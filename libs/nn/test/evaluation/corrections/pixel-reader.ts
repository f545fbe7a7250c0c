// A network that is easy to predict, and pictures for it.

import type { Samples } from '../../../src/data/samples.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { createModel } from '../../../src/inference/model.ts';

const size = 784;

/** A network that reads which pixel of the first ten is inked; it looks at the pictures themselves. */
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

/** The pixel of a digit, and a mark that a hand of its own adds. */
export function picture(digit: number, mark?: number): Uint8Array {
  const inputs = new Uint8Array(size);
  inputs[digit] = 255;
  if (mark !== undefined) inputs.fill(255, 100 + 10 * mark, 110 + 10 * mark);
  return inputs;
}

/** Twenty plain pictures of each digit. */
export const known: Samples = {
  count: 200,
  size,
  inputs: Buffer.concat(Array.from({ length: 200 }, (_, i) => picture(i % 10))),
  labels: Uint8Array.from({ length: 200 }, (_, i) => i % 10),
};
