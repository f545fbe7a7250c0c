// The self-test of a model before it is promoted or served.

import { fileURLToPath } from 'node:url';
import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { NnError, type NnErrorCode } from '../../src/errors.ts';
import { createModel, type Model } from '../../src/inference/model.ts';
import { loadChampion } from '../../src/registry/champion.ts';
import { selfTest } from '../../src/registry/self-test/self-test.ts';

const accuracy = { data: 'MNIST test images', count: 100, correct: 99 };

function untrained(): Model {
  return createModel(createNetwork(loopKernels, new Random(1), [784, 10]));
}

function fails(own: Partial<Model>): NnErrorCode | null {
  try {
    selfTest({ version: 'tiny-1', model: { ...untrained(), ...own } });
    return null;
  } catch (error) {
    return error instanceof NnError ? error.code : null;
  }
}

test('the committed champion passes', async t => {
  const champion = await loadChampion(
    fileURLToPath(new URL('../../../../models', import.meta.url)),
  );
  t.notThrows(() => selfTest(champion));
});

test('a model must reach the accuracy that its file claims, and no more', t => {
  t.is(fails({}), null);
  t.is(fails({ accuracy }), 'model-unsupported');
});

test('a model with NaN outputs fails', t => {
  const { network } = untrained();
  network.layers[0]!.bias.fill(Number.NaN);
  t.is(fails({ network }), 'model-unsupported');
});

test('a model with other layer sizes fails', t => {
  t.is(fails({ layerSizes: [784, 11] }), 'model-unsupported');
});

test('a model with too many weights fails', t => {
  t.is(fails({ layerSizes: [784, 16_000, 10] }), 'model-unsupported');
});
