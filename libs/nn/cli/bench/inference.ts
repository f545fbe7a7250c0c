// The inference benchmark: milliseconds for one image from pixels to probabilities, and images per second
// in batches, on the fastest backend.

import type { Dataset } from '../../src/data/dataset.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { createBatchClassifier } from '../../src/inference/batch-classifier.ts';
import { classify, createModel, type Model } from '../../src/inference/model.ts';
import { layerSizes } from './epoch.ts';
import {
  announce,
  type BenchMeasurement,
  type Goal,
  measurement,
  medianOf,
  type Session,
} from './measurement.ts';

const calls = 2000;
const memoryBytes = 16 << 20;
const goal: Goal = { atMost: 0.15 };

/** Measures inference with random weights on MNIST images; each value is the median of 2,000 calls. */
export async function measureInference(
  session: Session,
  images: Dataset,
): Promise<BenchMeasurement[]> {
  const model = createUntrainedModel();
  const size = images.rows * images.columns;
  const inputs = Array.from({ length: calls }, (_, i) =>
    Float32Array.from(images.pixels.subarray(i * size, (i + 1) * size), ink => ink / 255),
  );
  const name = `inference, batch 1, ${model.network.kernels.name}`;
  for (const image of inputs) classify(model, image); // warms up the compiler
  const values: number[] = [];
  for (let run = 1; run <= session.runs; run++) {
    await announce(session, name, run);
    values.push(medianOf(inputs.map(image => timeMs(model, image))));
  }
  return [measurement(name, 'ms', values, goal), await measureBatches(session, model, inputs)];
}

const batchSize = 64;

async function measureBatches(
  session: Session,
  model: Model,
  inputs: readonly Float32Array[],
): Promise<BenchMeasurement> {
  const size = inputs[0]!.length;
  const batches = Array.from({ length: Math.floor(calls / batchSize) }, (_, i) => {
    const batch = new Float32Array(batchSize * size);
    for (let m = 0; m < batchSize; m++) batch.set(inputs[i * batchSize + m]!, m * size);
    return batch;
  });
  const classifyBatch = createBatchClassifier(model, batchSize);
  const name = `inference, batches of ${batchSize}, ${model.network.kernels.name}`;
  const values: number[] = [];
  for (let run = 1; run <= session.runs; run++) {
    await announce(session, name, run);
    const started = performance.now();
    for (const batch of batches) classifyBatch(batch, batchSize);
    values.push((batches.length * batchSize) / ((performance.now() - started) / 1000));
  }
  return measurement(name, 'images/s', values);
}

function createUntrainedModel(): Model {
  const network = createNetwork(chooseKernels(memoryBytes).kernels, new Random(1), layerSizes);
  return createModel(network, {
    layerSizes,
    preprocessing: 'none',
    temperature: 1,
    seed: '1',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  });
}

function timeMs(model: Model, image: Float32Array): number {
  const started = performance.now();
  classify(model, image);
  return performance.now() - started;
}
