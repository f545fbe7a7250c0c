// The last stage of a step. A task is some inputs' weights in two panels of one layer: from the
// gradient over the whole batch through the optimizer to the average, while they are in the cache.
// The first task of two panels takes their biases along.

import { panelWidth } from '../../engine/kernels/panels.ts';
import { createOptimizer, type Optimizer } from '../../engine/optimizer.ts';
import { inputsPerTask, type SharedRun } from './shared-run.ts';
import type { Stage, Step } from './step.ts';

type Task = (step: Step) => void;

interface PlacedTask {
  /** where its columns lie in the layer, 0…1 */
  readonly place: number;
  readonly run: Task;
}

export function createUpdateStage(run: SharedRun, thread: number): Stage {
  const { kernels, layers, configuration, optimizerState } = run;
  const optimizer = createOptimizer({ kernels, layers }, configuration.optimizer, optimizerState);
  const tasks = layers
    .flatMap((_, i) => layerTasks({ run, optimizer, gradient: run.gradients[thread]!, index: i }))
    // Over all layers by columns: a thread then has the weights here that it needs on the way forward.
    .toSorted((one, other) => one.place - other.place);
  return { countOf: () => tasks.length, run: (step, task) => tasks[task]!.run(step) };
}

interface LayerWork {
  readonly run: SharedRun;
  readonly optimizer: Optimizer;
  readonly gradient: Float32Array;
  readonly index: number;
}

function layerTasks(work: LayerWork): PlacedTask[] {
  const { inputs, outputs } = work.run.layers[work.index]!;
  const tasks: PlacedTask[] = [];
  for (let column = 0; column < outputs; column += 2 * panelWidth) {
    const last = Math.min(outputs, column + 2 * panelWidth);
    for (let from = 0; from < inputs; from += inputsPerTask) {
      const to = Math.min(inputs, from + inputsPerTask);
      const weights = weightTask(work, column, last, from, to);
      const run = from > 0 ? weights : both(weights, biasTask(work, column, last));
      tasks.push({ place: column / outputs, run });
    }
  }
  return tasks;
}

function both(one: Task, other: Task): Task {
  return step => {
    one(step);
    other(step);
  };
}

/** Weights of the inputs from … to in the columns first … last. */
function weightTask(work: LayerWork, first: number, last: number, from: number, to: number): Task {
  const { run, gradient, index } = work;
  const { kernels, layers, rooms, capacity } = run;
  const { inputs } = layers[index]!;
  const { columns, dOutput } = rooms[index]!;
  const panels = dOutput.subarray(first * capacity);
  const panelStride = (to - from) * panelWidth;
  const panelCount = (last - first) / panelWidth;
  const shape = { firstRow: from, rows: to - from, panelCount, rowStride: panelWidth, panelStride };
  const finish = Array.from({ length: panelCount }, (_, panel) => {
    const at = (first + panel * panelWidth) * inputs + from * panelWidth;
    const values = gradient.subarray(panel * panelStride, (panel + 1) * panelStride);
    return both(
      stepOf(work, 2 * index, values, at),
      transposeOf(work, first + panel * panelWidth, from, to),
    );
  });
  return step => {
    const whole = { ...shape, depth: step.M, panelRows: capacity };
    kernels.sparseMatmul(gradient, columns, panels, null, whole, 'identity');
    for (const task of finish) task(step);
  };
}

/** The optimizer's step and the average, for as many values of a parameter from `at` on. */
function stepOf(
  { run, optimizer, index }: LayerWork,
  parameter: number,
  gradient: Float32Array,
  at: number,
): Task {
  const { kernels, layers, averaged, configuration } = run;
  const kind = parameter % 2 === 0 ? 'weight' : 'bias';
  const end = at + gradient.length;
  const part = optimizer.part(parameter, at, end);
  const values = layers[index]![kind].subarray(at, end);
  const average = averaged?.[index]?.[kind].subarray(at, end);
  const { averaging } = configuration;
  return ({ learningRate, count }) => {
    part(gradient, learningRate, count);
    if (!average || !averaging) return;
    // The plain mean of the first steps, until they are as many as the average reaches back.
    kernels.average(average, values, Math.max(1 - averaging.decay, 1 / (count + 1)));
  };
}

/** Keeps the transposed weights in step, where the layer has them. */
function transposeOf({ run, index }: LayerWork, column: number, from: number, to: number): Task {
  const { kernels, layers, rooms } = run;
  const { inputs, outputs, weight } = layers[index]!;
  const { transposed } = rooms[index]!;
  if (!transposed) return () => {};
  const target = transposed.subarray(column * panelWidth);
  const values = weight.subarray(column * inputs + from * panelWidth);
  const shape = { rows: to - from, columns: panelWidth, firstColumn: from, panelRows: outputs };
  return () => kernels.packTransposedPanels(target, values, shape);
}

function biasTask(work: LayerWork, first: number, last: number): Task {
  const { run, gradient, index } = work;
  const { kernels, rooms, capacity } = run;
  const { dOutput } = rooms[index]!;
  const tasks = Array.from({ length: (last - first) / panelWidth }, (_, panel) => {
    const column = first + panel * panelWidth;
    const sums = gradient.subarray(0, panelWidth);
    const values = dOutput.subarray(column * capacity);
    const step = stepOf(work, 2 * index + 1, sums, column);
    return (taken: Step) => {
      kernels.sumRows(sums, values, { M: taken.M, N: panelWidth });
      step(taken);
    };
  });
  return step => {
    for (const task of tasks) task(step);
  };
}
