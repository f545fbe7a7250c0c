// Models that need no training, for the tests of the commands that compare and promote them.

import { loadIdxFolder } from '../../../src/data/idx-folder.ts';
import { prepareSamples } from '../../../src/data/prepare-samples.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork, type Network } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import type { ModelDescription } from '../../../src/inference/model.ts';
import { preprocessing } from '../../../src/preprocess/preprocess.ts';
import { type ChampionFile, saveVersion } from '../../../src/registry/champion.ts';
import { encodeModel } from '../../../src/registry/model-file.ts';

const layerSizes = [784, 10];

const description: ModelDescription = {
  layerSizes,
  preprocessing,
  temperature: 1,
  seed: '1',
  trainedOn: 'means',
  acceptance: null,
  accuracy: { data: 'test images', count: 100, correct: 77 },
};

function untrained(): Network {
  return createNetwork(loopKernels, new Random(1), layerSizes);
}

/**
 * Predicts the digit with the nearest mean: for a class with mean m the logit is m·x − |m|²/2. Four
 * fifths of its predictions are correct.
 */
async function meansOf(data: string): Promise<Network> {
  const network = untrained();
  const [{ weight, bias }] = network.layers as [Network['layers'][number]];
  const { training } = await loadIdxFolder(data);
  const { count, inputs, labels } = prepareSamples(training);
  const counts = new Float64Array(10);
  for (const label of labels) counts[label]!++;
  weight.fill(0);
  for (let i = 0; i < count * 784; i++) {
    const label = labels[Math.floor(i / 784)]!;
    weight[(i % 784) * 10 + label]! += inputs[i]! / 255 / counts[label]!;
  }
  for (let label = 0; label < 10; label++) {
    let square = 0;
    for (let k = 0; k < 784; k++) square += weight[k * 10 + label]! ** 2;
    bias[label] = -square / 2;
  }
  return network;
}

/** Three versions with the same predictions, and worse ones; none of them the champion. */
export async function saveGateModels(folder: string, data: string) {
  const means = await meansOf(data);
  const save = (name: string, network: Network, own: Partial<ModelDescription> = {}) =>
    saveVersion(folder, name, encodeModel(network, { ...description, ...own }), async () => ({}));
  return {
    good: await save('means-1', means),
    alike: await save('means-2', means, { seed: '2' }),
    another: await save('means-3', means, { seed: '3' }),
    bad: await save('nothing-1', untrained()),
    /** of other classes: accurate on its own data, and not on digits */
    symbols: await save('symbols-1', untrained(), {
      accuracy: { data: 'symbols', count: 100, correct: 99 },
    }),
    /** with an unknown preprocessing */
    old: await save('old-1', means, { preprocessing: 'mnist-fit/0' }),
  } satisfies Record<string, ChampionFile>;
}
