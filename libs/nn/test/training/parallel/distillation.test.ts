// Distillation: the target of a student is a weighted mean of the teachers' probabilities and the label
// where the teachers predict the label, and otherwise the label.

import test from 'ava';
import { outlierLabel, type Samples } from '../../../src/data/samples.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { paddedColumns } from '../../../src/engine/kernels/panels.ts';
import { createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { createNetwork, type Network } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { argmax, softmax } from '../../../src/engine/softmax.ts';
import { createLogitsOf } from '../../../src/evaluation/metrics/measure.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import { distillationWeight } from '../../../src/training/parallel/distillation.ts';
import { createStepStages } from '../../../src/training/parallel/step.ts';
import { createStepMemory } from '../../../src/training/parallel/step-memory.ts';
import { createTrainingState } from '../../../src/training/state.ts';

const size = 23;
const N = 7;
const count = 41;
const M = 37;
const learningRate = 0.05;

const configuration: TrainingConfiguration = {
  layerSizes: [size, 31, N],
  phases: [{ batchSize: M, epochs: 1, learningRate, schedule: { type: 'constant' } }],
  optimizer: { type: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0 },
  labelSmoothing: 0.1,
};

const random = new Random(9);
const samples: Samples = {
  count,
  size,
  inputs: Uint8Array.from({ length: count * size }, () => random.below(256)),
  labels: Uint8Array.from({ length: count }, (_, i) =>
    i % 5 === 2 ? outlierLabel : random.below(N),
  ),
};

/** [count, N], the mean of the networks' logits for each sample. */
function meanLogits(networks: readonly Network[]): Float32Array {
  const mean = new Float32Array(count * N);
  for (const network of networks) {
    for (const [i, logit] of createLogitsOf(network)(samples).entries()) {
      mean[i]! += logit / networks.length;
    }
  }
  return mean;
}

/** Layer sizes of the teachers: as deep as the student, deeper, and without a hidden layer. */
const teacherSizes = [
  [[size, 40, N]],
  [
    [size, 33, 70, 65, N],
    [size, N],
  ],
];

for (const sizes of teacherSizes) {
  for (const kernels of [loopKernels, createWasmKernels('relaxed', 1 << 24)]) {
    test(`${kernels.name}: the teachers ${sizes.join(' and ')} change the target where they are right`, t => {
      const teachers = sizes.map((own, i) => createNetwork(kernels, new Random(i + 3), own));
      const state = createTrainingState(configuration, 1, kernels);
      const memory = createStepMemory(state, { configuration, training: samples, teachers });
      memory.source.order.set(Uint32Array.from({ length: count }, (_, i) => i));
      const step = { firstSample: 0, M, learningRate, t: 1 };
      for (const stage of createStepStages(kernels, memory, 0)) {
        for (let task = 0; task < stage.countTasks(step); task++) stage.runTask(step, task);
      }

      const { logits, dLogits, losses } = memory.batch;
      const answers = meanLogits(teachers);
      const stride = paddedColumns(N);
      for (let m = 0; m < M; m++) {
        const answer = softmax(answers.subarray(m * N, (m + 1) * N));
        const probabilities = softmax(logits.subarray(m * stride, m * stride + N));
        const label = samples.labels[m];
        let loss = 0;
        for (const [n, probability] of probabilities.entries()) {
          const hard = 0.1 / N + (n === label ? 0.9 : 0);
          const soft = distillationWeight * answer[n]! + (1 - distillationWeight) * hard;
          const isRight = argmax(answer) === label;
          const target = label === outlierLabel ? 1 / N : isRight ? soft : hard;
          loss -= target * Math.log(probability);
          const gradient = (probability - target) / M;
          t.true(Math.abs(dLogits[m * stride + n]! - gradient) < 1e-6, `row ${m}, class ${n}`);
        }
        t.true(Math.abs(losses[m]! - loss) < 1e-5, `row ${m}`);
      }
    });
  }
}
