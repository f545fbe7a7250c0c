// node tfjs-epoch.mjs FOLDER: 784-512-256-10 in TensorFlow.js on its WebAssembly backend by the
// recipe of epoch.ts. Only the first 40 batches are timed, and scaled to the 469 of an epoch: a
// whole one takes minutes. Its packages are not ours; see the README of peers/.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

const batchSize = 128;
const batchesPerEpoch = Math.ceil(60_000 / batchSize);
const warmUpBatches = 2;
const timedBatches = 40;

const folder = process.argv[2];
const images = (await readFile(join(folder, 'train-images-idx3-ubyte'))).subarray(16);
const labels = (await readFile(join(folder, 'train-labels-idx1-ubyte'))).subarray(8);

await tf.setBackend('wasm');
const network = layers.sequential();
const dense = { kernelInitializer: 'heNormal' };
network.add(layers.layers.dense({ ...dense, units: 512, activation: 'relu', inputShape: [784] }));
network.add(layers.layers.dense({ ...dense, units: 256, activation: 'relu' }));
network.add(layers.layers.dense({ ...dense, units: 10 }));
network.compile({
  optimizer: tf.train.momentum(0.05, 0.9),
  loss: (truth, logits) => tf.losses.softmaxCrossEntropy(truth, logits),
});

async function trainOnBatch(index) {
  const from = index * batchSize;
  const ink = Float32Array.from(
    images.subarray(784 * from, 784 * (from + batchSize)),
    value => value / 255,
  );
  const inputs = tf.tensor2d(ink, [batchSize, 784]);
  const classes = tf.tensor1d(Int32Array.from(labels.subarray(from, from + batchSize)), 'int32');
  const truth = tf.oneHot(classes, 10);
  const loss = await network.trainOnBatch(inputs, truth);
  tf.dispose([inputs, classes, truth]);
  return loss;
}

for (let i = 0; i < warmUpBatches; i++) await trainOnBatch(i);
const started = performance.now();
let loss = 0;
for (let i = 0; i < timedBatches; i++) loss += await trainOnBatch(warmUpBatches + i);
const timedSeconds = (performance.now() - started) / 1000;
const result = {
  seconds: (timedSeconds * batchesPerEpoch) / timedBatches,
  loss: loss / timedBatches,
  engine: `TensorFlow.js ${wasm.version_wasm} wasm, ${timedBatches} batches scaled`,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
