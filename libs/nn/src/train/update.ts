// The second stage of a step: some rows of one layer's weights, from the gradient over the whole
// batch through the optimizer to the average, while they are in the cache. A layer's first task
// takes its bias along.
import { createOptimizer, type Optimizer } from '../optimizers/optimizer.ts';
import { packWeights, rowsPerTask, type SharedRun } from './shared-run.ts';
import type { StageWork, Step } from './step.ts';

type Task = (step: Step) => void;

export function createUpdate(run: SharedRun, thread: number): StageWork {
  const { kernels, layers, configuration, optimizerState } = run;
  const optimizer = createOptimizer({ kernels, layers }, configuration.optimizer, optimizerState);
  const gradient = run.gradients[thread]!;
  const tasks = layers.flatMap(({ inputs, outputs }, i) => {
    const rows = rowsPerTask(outputs);
    return Array.from({ length: Math.ceil(inputs / rows) }, (_, task) => {
      const from = task * rows;
      const weights = weightTask(run, optimizer, gradient, i, from, Math.min(inputs, from + rows));
      return task > 0 ? weights : both(weights, biasTask(run, optimizer, gradient, i));
    });
  });
  return { countOf: () => tasks.length, run: (step, task) => tasks[task]!(step) };
}

function both(one: Task, other: Task): Task {
  return step => {
    one(step);
    other(step);
  };
}

function weightTask(
  run: SharedRun,
  optimizer: Optimizer,
  room: Float32Array,
  index: number,
  from: number,
  to: number,
): Task {
  const { kernels, layers, rooms, capacity } = run;
  const { inputs, outputs, weight } = layers[index]!;
  const { dOutputPanels } = rooms[index]!;
  const input = (index === 0 ? run.input : rooms[index - 1]!.output).subarray(from);
  const [first, last] = [from * outputs, to * outputs];
  const gradient = room.subarray(0, last - first);
  const stepPart = optimizer.part(2 * index, first, last);
  const averaged = run.averaged?.[index]?.weight.subarray(first, last);
  const values = weight.subarray(first, last);
  const pack = packWeights(run, index, from, to);
  return step => {
    const shape = { M: step.M, K: inputs, N: outputs, count: to - from, capacity };
    kernels.multiplyColumns(gradient, input, dOutputPanels, shape);
    stepPart(gradient, step.learningRate, step.count);
    average(run, averaged, values, step);
    pack();
  };
}

function biasTask(run: SharedRun, optimizer: Optimizer, room: Float32Array, index: number): Task {
  const { kernels, layers, rooms } = run;
  const { outputs, bias } = layers[index]!;
  const { dOutput } = rooms[index]!;
  const gradient = room.subarray(0, outputs);
  const stepPart = optimizer.part(2 * index + 1, 0, outputs);
  const averaged = run.averaged?.[index]?.bias;
  return step => {
    kernels.sumRows(gradient, dOutput, { M: step.M, N: outputs });
    stepPart(gradient, step.learningRate, step.count);
    average(run, averaged, bias, step);
  };
}

function average(
  { kernels, configuration: { averaging } }: SharedRun,
  averaged: Float32Array | undefined,
  values: Float32Array,
  { count }: Step,
): void {
  if (!averaged || !averaging) return;
  // The plain mean of the first steps, until they are as many as the average reaches back.
  kernels.average(averaged, values, Math.max(1 - averaging.decay, 1 / (count + 1)));
}
