// The stages of a step against plain backpropagation, layer by layer.

import test from 'ava';
import { gatherBatch, type Samples } from '../../../src/data/samples.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import {
  backward,
  createActivations,
  createOutputGradients,
  createParameterGradients,
  forward,
  parametersOf,
} from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import type { TrainingConfiguration } from '../../../src/training/configuration.ts';
import { unpackState } from '../../../src/training/parallel/parameters.ts';
import { createStepStages } from '../../../src/training/parallel/step.ts';
import { createStepMemory } from '../../../src/training/parallel/step-memory.ts';
import { createTrainingState } from '../../../src/training/state.ts';

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

const macro = test.macro({
  exec(t, createKernels: () => Kernels, layerSizes: readonly number[]) {
    const configuration = { ...base, layerSizes };
    const [staged, plain] = [0, 1].map(() =>
      createTrainingState(configuration, 1, createKernels()),
    );
    const memory = createStepMemory(staged!, { configuration, training: samples });
    memory.source.order.set(order);
    const stages = createStepStages(staged!.network.kernels, memory, 0);

    const { network, optimizer } = plain!;
    const activations = createActivations(network, M);
    const dOutputs = createOutputGradients(network, M);
    const gradients = createParameterGradients(network);
    const labels = network.kernels.allocateLabels(M);
    const shape = { M, N: 7, labelSmoothing: 0.1 };
    gatherBatch(samples, order, activations.input, labels);

    for (const count of [1, 2]) {
      const step = { firstSample: 0, M, learningRate, t: count };
      for (const { countTasks, runTask } of stages) {
        for (let task = 0; task < countTasks(step); task++) runTask(step, task);
      }
      const logits = forward(network, activations, M);
      const loss = network.kernels.softmaxCrossEntropy(dOutputs.at(-1)!, logits, labels, shape);
      backward(network, { activations, dOutputs }, gradients, M);
      optimizer.step(gradients, learningRate, count);
      const total = memory.batch.losses.reduce((sum, value) => sum + value, 0);
      t.true(Math.abs(total - loss) < 1e-3, `${total}, ${loss}`);
    }
    unpackState(memory.parameters, staged!);
    const expected = parametersOf(network);
    for (const [name, values] of parametersOf(staged!.network)) {
      const maxError = values.reduce(
        (max, value, i) => Math.max(max, Math.abs(value - expected.get(name)![i]!)),
        0,
      );
      t.true(maxError < 1e-5, `${name}: ${maxError}`);
    }
  },
  title: (_, createKernels: () => Kernels, layerSizes: readonly number[]) =>
    `${createKernels().name}: two steps of ${layerSizes} in stages match plain backpropagation`,
});

for (const layerSizes of networks) {
  test(macro, () => loopKernels, layerSizes);
  test(macro, () => createWasmKernels('plain', 1 << 24), layerSizes);
  test(macro, () => createWasmKernels('relaxed', 1 << 24), layerSizes);
}
