// The stages of a step against the readable network: its gradients, through the same optimizer.

import test from 'ava';
import { gatherBatch, type Samples } from '../../../src/data/samples.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { Random } from '../../../src/engine/random.ts';
import { lossAndGradients } from '../../../src/engine/readable.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import { unpackState } from '../../../src/training/parallel/parameters.ts';
import { createStepStages } from '../../../src/training/parallel/step.ts';
import { createStepMemory } from '../../../src/training/parallel/step-memory.ts';
import { arraysOf, createTrainingState } from '../../../src/training/state.ts';
import { readableBatchOf, readableCopyOf } from '../../engine/readable-copy.ts';

const M = 37;
const learningRate = 0.05;

const base: TrainingConfiguration = {
  layerSizes: [],
  phases: [{ batchSize: M, epochs: 1, learningRate, schedule: { type: 'constant' } }],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.01 },
  labelSmoothing: 0.1,
};

const random = new Random(4);
const samples: Samples = {
  count: M,
  size: 53,
  inputs: Uint8Array.from({ length: M * 53 }, () => Math.max(0, random.below(512) - 256)),
  labels: Uint8Array.from({ length: M }, () => random.below(7)),
};
const order = Uint32Array.from({ length: M }, (_, i) => M - 1 - i);

/** No hidden layer, some, and one of several tasks among others. */
const networks = [
  [53, 7],
  [53, 41, 29, 7],
  [53, 131, 269, 67, 7],
];

/** Absolute, for values of up to about 1: some hundred roundings of float32, 6e-8 each. */
const tolerance = 1e-5;

const macro = test.macro({
  exec(t, createKernels: () => Kernels, layerSizes: readonly number[]) {
    const configuration = { ...base, layerSizes };
    const staged = createTrainingState(configuration, 1, createKernels());
    const memory = createStepMemory(staged, { configuration, training: samples });
    memory.source.order.set(order);
    const stages = createStepStages(staged.network.kernels, memory, 0);

    const expected = createTrainingState(configuration, 1, loopKernels);
    const input = new Float32Array(M * 53);
    const labels = new Uint8Array(M);
    gatherBatch(samples, order, input, labels);
    const batch = readableBatchOf(input, labels, 7, base.labelSmoothing);

    for (const count of [1, 2]) {
      const step = { firstSample: 0, M, learningRate, t: count };
      for (const { countTasks, runTask } of stages) {
        for (let task = 0; task < countTasks(step); task++) runTask(step, task);
      }
      const { loss, gradients } = lossAndGradients(readableCopyOf(expected.network), batch);
      const arrays = gradients.flatMap(({ dWeight, dBias }) => [dWeight, dBias]);
      for (const [i, gradient] of arrays.entries()) {
        const update = expected.optimizer.createPartialStep(i, 0, gradient.length);
        update(Float32Array.from(gradient), learningRate, count);
      }
      const mean = memory.batch.losses.reduce((sum, value) => sum + value, 0) / M;
      t.true(Math.abs(mean - loss) < tolerance, `${mean}, ${loss}`);
      // The weights and the optimizer's velocities: that of the first step is the gradient.
      unpackState(memory.parameters, staged);
      for (const [name, values] of arraysOf(staged)) {
        const others = arraysOf(expected).get(name)!;
        const maxError = values.reduce((max, x, i) => Math.max(max, Math.abs(x - others[i]!)), 0);
        t.true(maxError < tolerance, `${name} after step ${count}: ${maxError}`);
      }
    }
  },
  title: (_, createKernels: () => Kernels, layerSizes: readonly number[]) =>
    `${createKernels().name}: two steps of ${layerSizes} in stages match the readable network`,
});

for (const layerSizes of networks) {
  test(macro, () => loopKernels, layerSizes);
  test(macro, () => createWasmKernels('plain', 1 << 24), layerSizes);
  test(macro, () => createWasmKernels('relaxed', 1 << 24), layerSizes);
}
