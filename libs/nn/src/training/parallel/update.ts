// The update of a step. A task computes the gradient of a block of weights over the whole batch, then
// updates the weights and their moving average while they are in the cache. The first task of two panels
// also updates their biases.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { panelWidth } from '../../engine/kernels/panels.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import { createOptimizer, type Optimizer } from '../../engine/optimizer.ts';
import type { TrainingConfiguration } from '../configuration.ts';
import type { LayerBuffers } from './layer-buffers.ts';
import type { PanelParameters } from './parameters.ts';
import { createTaskStage, type Stage, type Step, type Task } from './stage.ts';

/** Inputs per task: their weights in two panels take 16 KB. A multiple of 4. */
const inputsPerTask = 64;

/** Columns of two panels. */
const columnsPerTask = 2 * panelWidth;

/** Number of values in the weight gradient of one task. */
export const taskGradientLength = columnsPerTask * inputsPerTask;

/** The arrays that the update reads. */
export interface UpdateInputs {
  /** the buffers of every layer */
  readonly buffers: readonly Pick<LayerBuffers, 'inputColumns' | 'dOutput'>[];
  /** [taskGradientLength], used by one thread only */
  readonly gradient: Float32Array;
}

/**
 * weight ← optimizer(inputᵀ · dOutput), bias ← optimizer(Σ over rows of dOutput) of every layer, then their
 * moving averages and transposes.
 *
 * @param parameters updated in place, including the optimizer's state
 */
export function createUpdateStage(
  kernels: Kernels,
  { optimizer: options, averaging }: Pick<TrainingConfiguration, 'optimizer' | 'averaging'>,
  { buffers, gradient }: UpdateInputs,
  { layers, averaged, transposedWeights, optimizerState }: PanelParameters,
): Stage {
  const optimizer = createOptimizer({ kernels, layers }, options, optimizerState);
  const tasks = layers.flatMap((layer, index) => {
    const { inputColumns, dOutput } = buffers[index]!;
    return layerTasks({
      kernels,
      optimizer,
      gradient,
      index,
      layer,
      inputColumns,
      dOutput,
      transposedWeight: transposedWeights[index],
      average: averaging && { layer: averaged![index]!, minWeight: 1 - averaging.decay },
    });
  });
  // Ordered by columns over all layers, so that a thread updates the weights that it reads in the forward pass.
  const ordered = tasks.toSorted((one, other) => one.position - other.position);
  return createTaskStage(ordered.map(({ task }) => task));
}

/** One layer's arrays in the update. */
interface LayerUpdate {
  readonly kernels: Kernels;
  readonly optimizer: Optimizer;
  readonly gradient: Float32Array;
  readonly index: number;
  readonly layer: DenseLayer;
  readonly inputColumns: SparseRows;
  readonly dOutput: Float32Array;
  readonly transposedWeight: Float32Array | undefined;
  readonly average: { readonly layer: DenseLayer; readonly minWeight: number } | undefined;
}

interface PositionedTask {
  /** relative position of its columns in the layer, 0…1 */
  readonly position: number;
  readonly task: Task;
}

/** The weights of inputs firstInput … endInput − 1 in columns firstColumn … endColumn − 1. */
interface WeightBlock {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstInput: number;
  readonly endInput: number;
}

function layerTasks(update: LayerUpdate): PositionedTask[] {
  const { inputs, outputs } = update.layer;
  const tasks: PositionedTask[] = [];
  for (let firstColumn = 0; firstColumn < outputs; firstColumn += columnsPerTask) {
    const endColumn = Math.min(outputs, firstColumn + columnsPerTask);
    for (let firstInput = 0; firstInput < inputs; firstInput += inputsPerTask) {
      const endInput = Math.min(inputs, firstInput + inputsPerTask);
      const block = { firstColumn, endColumn, firstInput, endInput };
      const weights = weightTask(update, block);
      const task = firstInput > 0 ? weights : both(weights, biasTask(update, block));
      tasks.push({ position: firstColumn / outputs, task });
    }
  }
  return tasks;
}

function weightTask(update: LayerUpdate, block: WeightBlock): Task {
  const { kernels, layer, inputColumns, dOutput, gradient } = update;
  const { firstColumn, endColumn, firstInput, endInput } = block;
  const capacity = dOutput.length / layer.outputs;
  const panels = dOutput.subarray(firstColumn * capacity);
  const rows = endInput - firstInput;
  const panelStride = rows * panelWidth;
  const panelCount = (endColumn - firstColumn) / panelWidth;
  const product = {
    firstRow: firstInput,
    rows,
    panelCount,
    panelRows: capacity,
    rowStride: panelWidth,
    panelStride,
  };
  const updatePanels = Array.from({ length: panelCount }, (_, panel) => {
    const column = firstColumn + panel * panelWidth;
    const values = gradient.subarray(panel * panelStride, (panel + 1) * panelStride);
    const at = column * layer.inputs + firstInput * panelWidth;
    return both(
      parameterTask(update, 'weight', values, at),
      transposeTask(update, { ...block, firstColumn: column }),
    );
  });
  return step => {
    const shape = { ...product, depth: step.M };
    kernels.sparseMatmul(gradient, { sparseRows: inputColumns, panels }, shape, 'identity');
    for (const updatePanel of updatePanels) updatePanel(step);
  };
}

function biasTask(update: LayerUpdate, { firstColumn, endColumn }: WeightBlock): Task {
  const { kernels, layer, dOutput, gradient } = update;
  const capacity = dOutput.length / layer.outputs;
  const sums = gradient.subarray(0, panelWidth);
  const tasks = Array.from({ length: (endColumn - firstColumn) / panelWidth }, (_, panel) => {
    const column = firstColumn + panel * panelWidth;
    const values = dOutput.subarray(column * capacity);
    const updateBias = parameterTask(update, 'bias', sums, column);
    return (step: Step) => {
      kernels.sumRows(sums, values, { M: step.M, N: panelWidth });
      updateBias(step);
    };
  });
  return step => {
    for (const task of tasks) task(step);
  };
}

/** Applies the optimizer and the moving average to the values from `at` on, as many as the gradient has. */
function parameterTask(
  { kernels, optimizer, layer, index, average }: LayerUpdate,
  kind: 'weight' | 'bias',
  gradient: Float32Array,
  at: number,
): Task {
  const end = at + gradient.length;
  const step = optimizer.createPartialStep(2 * index + (kind === 'weight' ? 0 : 1), at, end);
  const values = layer[kind].subarray(at, end);
  const averages = average?.layer[kind].subarray(at, end);
  return ({ learningRate, t }) => {
    step(gradient, learningRate, t);
    if (!average || !averages) return;
    // The plain mean of the first steps, until 1 / (t + 1) falls below the average's weight.
    kernels.average(averages, values, Math.max(average.minWeight, 1 / (t + 1)));
  };
}

/** Copies the updated weights of one panel to the transposed weight, if the layer has one. */
function transposeTask(
  { kernels, layer, transposedWeight }: LayerUpdate,
  { firstColumn, firstInput, endInput }: WeightBlock,
): Task {
  if (!transposedWeight) return () => {};
  const { inputs, outputs, weight } = layer;
  const target = transposedWeight.subarray(firstColumn * panelWidth);
  const values = weight.subarray(firstColumn * inputs + firstInput * panelWidth);
  const matrix = { rows: endInput - firstInput, columns: panelWidth };
  const shape = { ...matrix, firstColumn: firstInput, panelRows: outputs };
  return () => kernels.packTransposedPanels(target, values, shape);
}

function both(one: Task, other: Task): Task {
  return step => {
    one(step);
    other(step);
  };
}
