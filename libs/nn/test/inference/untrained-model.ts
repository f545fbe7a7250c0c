// A small model with random weights, for tests of what is computed with a model.

import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { createNetwork } from '../../src/engine/network.ts';
import type { Random } from '../../src/engine/random.ts';
import { createModel, type Model } from '../../src/inference/model.ts';

export function createUntrainedModel(
  kernels: Kernels,
  random: Random,
  layerSizes: readonly number[],
  temperature = 1,
): Model {
  return createModel(createNetwork(kernels, random, layerSizes), { temperature });
}
