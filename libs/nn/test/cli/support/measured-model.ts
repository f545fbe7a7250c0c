// An untrained model and a few images, for the tests of nn:evaluate.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { preprocessing } from '../../../src/preprocess/preprocess.ts';
import { encodeModel } from '../../../src/registry/model-file.ts';
import { idxBytes, imageMagic, labelMagic } from '../../data/idx-bytes.ts';

/** An empty folder that is removed after the test. */
export async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

/** An untrained model as a file. */
export async function modelIn(folder: string, layerSizes: readonly number[]): Promise<string> {
  const network = createNetwork(loopKernels, new Random(1), layerSizes);
  const description = {
    layerSizes,
    preprocessing,
    temperature: 2,
    seed: '1',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  };
  const file = join(folder, 'model.safetensors');
  await writeFile(file, encodeModel(network, description));
  return file;
}

/** 24 training images, of which 2 validate, and 5 test images, of 3 × 5 pixels. */
export async function dataIn(folder: string): Promise<string> {
  const data = join(folder, 'tiny-digits');
  await mkdir(data);
  const pixels = (count: number) => Array.from({ length: 15 * count }, (_, i) => (i * 37) % 256);
  const labels = (count: number) => Array.from({ length: count }, (_, i) => i % 10);
  for (const [set, count] of [
    ['train', 24],
    ['t10k', 5],
  ] as const) {
    const images = idxBytes(imageMagic, [count, 3, 5], pixels(count));
    await writeFile(join(data, `${set}-images-idx3-ubyte`), images);
    const classes = idxBytes(labelMagic, [count], labels(count));
    await writeFile(join(data, `${set}-labels-idx1-ubyte`), classes);
  }
  return data;
}
