// The last stage of a step. A task is some inputs' weights in two strips of one layer: from the
// gradient over the whole batch through the optimizer to the average, while they are in the cache.
// The first task of two strips takes their biases along.

import { panelColumns } from '../../engine/kernels/kernels.ts';
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
  for (let column = 0; column < outputs; column += 2 * panelColumns) {
    const last = Math.min(outputs, column + 2 * panelColumns);
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
  const stripGap = (to - from) * panelColumns;
  const strips = (last - first) / panelColumns;
  const shape = { from, rows: to - from, strips, rowGap: panelColumns, stripGap };
  const finish = Array.from({ length: strips }, (_, strip) => {
    const at = (first + strip * panelColumns) * inputs + from * panelColumns;
    const values = gradient.subarray(strip * stripGap, (strip + 1) * stripGap);
    return both(
      stepOf(work, 2 * index, values, at),
      transposeOf(work, first + strip * panelColumns, from, to),
    );
  });
  return step => {
    const whole = { ...shape, steps: step.M, length: capacity };
    kernels.multiplyLists(gradient, columns, panels, null, whole, 'identity');
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
  const target = transposed.subarray(column * panelColumns);
  const values = weight.subarray(column * inputs + from * panelColumns);
  const shape = { rows: to - from, columns: panelColumns, from, capacity: outputs };
  return () => kernels.packTransposedPanels(target, values, shape);
}

function biasTask(work: LayerWork, first: number, last: number): Task {
  const { run, gradient, index } = work;
  const { kernels, rooms, capacity } = run;
  const { dOutput } = rooms[index]!;
  const tasks = Array.from({ length: (last - first) / panelColumns }, (_, strip) => {
    const column = first + strip * panelColumns;
    const sums = gradient.subarray(0, panelColumns);
    const values = dOutput.subarray(column * capacity);
    const step = stepOf(work, 2 * index + 1, sums, column);
    return (taken: Step) => {
      kernels.sumRows(sums, values, { M: taken.M, N: panelColumns });
      step(taken);
    };
  });
  return step => {
    for (const task of tasks) task(step);
  };
}
