import test from 'ava';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { Random } from '../../src/engine/random.ts';
import { createBatchClassifier } from '../../src/inference/batch-classifier.ts';
import { classify } from '../../src/inference/model.ts';
import { createUntrainedModel } from './untrained-model.ts';

const layerSizes = [23, 13, 7];
const capacity = 5;

function prepare(kernels: Kernels = loopKernels) {
  const random = new Random(3);
  const model = createUntrainedModel(kernels, random, layerSizes, 1.5);
  const pixels = Float32Array.from({ length: capacity * 23 }, () => Math.max(0, random.normal()));
  return { model, pixels, classifyBatch: createBatchClassifier(model, capacity) };
}

for (const kernels of [loopKernels, createWasmKernels('plain'), createWasmKernels('relaxed')]) {
  for (const count of [0, 1, 4, 5]) {
    test(`${kernels.name}: a batch of ${count} is classified as its images are one by one`, t => {
      const { model, pixels, classifyBatch } = prepare(kernels);
      const { probabilities, digits } = classifyBatch(pixels, count);
      const single = Array.from({ length: count }, (_, m) =>
        classify(model, pixels.subarray(23 * m, 23 * (m + 1))),
      );
      t.deepEqual(
        [...digits],
        single.map(({ digit }) => digit),
      );
      // Summed in another order.
      for (const [i, expected] of single.flatMap(answer => [...answer.probabilities]).entries()) {
        t.true(Math.abs(probabilities[i]! - expected) < 1e-6);
      }
    });
  }
}

test('the answers of a batch are overwritten by the next', t => {
  const { pixels, classifyBatch } = prepare();
  const first = classifyBatch(pixels, 1);
  const before = [...first.probabilities];
  classifyBatch(pixels.subarray(23), 1);
  t.notDeepEqual([...first.probabilities], before);
});

for (const [title, count, given] of [
  ['more images than the capacity', 6, 6],
  ['fewer images than the count', 5, 4],
  ['a count below zero', -1, 5],
  ['half an image', 0.5, 5],
] as const) {
  test(`${title}: refused`, t => {
    const { classifyBatch } = prepare();
    t.throws(() => classifyBatch(new Float32Array(given * 23), count), { code: 'data-mismatch' });
  });
}
