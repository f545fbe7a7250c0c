// Exported models, run by ONNX Runtime.

import { fileURLToPath } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import * as onnx from 'onnxruntime-web';
import { loadMnist } from '../../src/data/mnist.ts';
import { prepareSamples } from '../../src/data/prepare-samples.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork, layerSizesOf, type Network } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { softmax } from '../../src/engine/softmax.ts';
import { createLogitsOf } from '../../src/evaluation/metrics/measure.ts';
import type { ModelDescription } from '../../src/inference/model.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { loadChampion } from '../../src/registry/champion.ts';
import { encodeOnnx } from '../../src/registry/onnx/encode-onnx.ts';

// One thread, so that the runtime starts no workers.
onnx.env.wasm.numThreads = 1;

const modelsFolder = fileURLToPath(new URL('../../../../models', import.meta.url));
const imageCount = 256;

const images = prepareSamples(await firstTestImages());

async function firstTestImages() {
  const { test: all } = await loadMnist();
  const pixels = all.pixels.subarray(0, imageCount * all.rows * all.columns);
  return { ...all, count: imageCount, pixels, labels: all.labels.subarray(0, imageCount) };
}

function untrained(layerSizes: readonly number[], temperature: number) {
  const network = createNetwork(loopKernels, new Random(1), layerSizes);
  const description = {
    layerSizes,
    preprocessing,
    temperature,
    seed: '1',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  };
  return { network, description };
}

/** ONNX Runtime's probabilities for the images, [imageCount, classes]. */
async function judge(model: Uint8Array): Promise<Float32Array> {
  const session = await onnx.InferenceSession.create(model, { executionProviders: ['wasm'] });
  const pixels = Float32Array.from(images.inputs, value => value / 255);
  const feeds = { pixels: new onnx.Tensor('float32', pixels, [imageCount, images.size]) };
  const { probabilities } = await session.run(feeds);
  await session.release();
  return (await probabilities!.getData()) as Float32Array;
}

function probabilitiesOf(network: Network, temperature: number): Float32Array {
  const logits = createLogitsOf(network)(images);
  const classes = logits.length / imageCount;
  const rows = Array.from({ length: imageCount }, (_, i) =>
    softmax(logits.subarray(i * classes, (i + 1) * classes), temperature),
  );
  return Float32Array.from(rows.flatMap(row => [...row]));
}

async function expectAgreement(
  t: ExecutionContext,
  network: Network,
  description: ModelDescription,
) {
  const theirs = await judge(encodeOnnx(network, description));
  const ours = probabilitiesOf(network, description.temperature);
  t.is(theirs.length, ours.length);
  const furthest = ours.reduce((most, p, i) => Math.max(most, Math.abs(p - theirs[i]!)), 0);
  t.true(furthest <= 1e-5, `off by ${furthest}`);
}

test('ONNX Runtime computes the champion’s probabilities for 256 test images', async t => {
  const { model } = await loadChampion(modelsFolder);
  await expectAgreement(t, model.network, model);
});

for (const layerSizes of [
  [784, 10],
  [784, 37, 10],
  [784, 41, 31, 23, 10],
]) {
  test(`the export of ${layerSizes.join('-')} with temperature 2.5 agrees`, async t => {
    const { network, description } = untrained(layerSizes, 2.5);
    t.deepEqual(layerSizesOf(network), layerSizes);
    await expectAgreement(t, network, description);
  });
}

test('the same model gives the same bytes, another temperature different ones', t => {
  const { network, description } = untrained([7, 5, 3], 1);
  const bytes = encodeOnnx(network, description);
  t.deepEqual(encodeOnnx(network, description), bytes);
  t.notDeepEqual(encodeOnnx(network, { ...description, temperature: 2 }), bytes);
});

test('the export has the metadata of the model file', t => {
  const { network, description } = untrained([7, 5, 3], 1.25);
  const text = Buffer.from(encodeOnnx(network, description)).toString('latin1');
  for (const part of ['digits-dense/1', '[7,5,3]', preprocessing, '1.25', 'trainedOn']) {
    t.true(text.includes(part), part);
  }
});
