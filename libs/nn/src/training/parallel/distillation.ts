// Distillation (Hinton, Vinyals and Dean 2015): the student is trained on the probabilities of trained
// networks, its teachers, besides the labels. Teachers get the same augmented images as the student
// (Beyer, Zhai, Royer, Markeeva, Anil and Kolesnikov 2022); the logits of several are averaged.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import type { SparseRows } from '../../engine/kernels/sparse-rows.ts';
import type { Network } from '../../engine/network.ts';
import { argmax, softmaxInto } from '../../engine/softmax.ts';
import type { BatchBuffers } from './batch-buffers.ts';
import { createForwardStage, createLogitsOperation } from './forward.ts';
import { createForwardBuffers, type ForwardBuffers } from './layer-buffers.ts';
import { packNetwork } from './parameters.ts';
import type { RowOperation, Stage } from './stage.ts';

/**
 * Weight of the teachers' probabilities in a target; the label has the remaining weight. Chosen on
 * validation data (docs/experiments.md).
 */
export const distillationWeight = 0.6;

/** A trained network and its buffers in a training step. */
export interface Teacher {
  /** layers padded to whole panels, with weights in panels */
  readonly layers: readonly DenseLayer[];
  /** the first layer's input is the student's */
  readonly buffers: readonly ForwardBuffers[];
  /** [capacity, outputs of the last layer], row-major */
  readonly logits: Float32Array;
}

/**
 * Packs a teacher and allocates its buffers.
 *
 * @param imageRows the batch as compressed for the student
 */
export function createTeacher(network: Network, imageRows: SparseRows, capacity: number): Teacher {
  const { kernels, layers } = packNetwork(network);
  return {
    layers,
    buffers: layers.map((layer, i) =>
      createForwardBuffers(kernels, layer, capacity, i === 0 ? imageRows : undefined),
    ),
    logits: kernels.allocate(capacity * layers.at(-1)!.outputs),
  };
}

/** The stages of the forward pass through hidden layer `index` of each teacher that has one. */
export function createTeacherStages(
  kernels: Kernels,
  teachers: readonly Teacher[],
  index: number,
): Stage[] {
  return teachers
    .filter(({ layers }) => index < layers.length - 1)
    .map(({ layers, buffers }) => {
      const { inputRows, output } = buffers[index]!;
      const outputRows = buffers[index + 1]!.inputRows;
      return createForwardStage(
        kernels,
        { layer: layers[index]!, inputRows },
        { output, outputRows },
      );
    });
}

/** The arrays that distillation reads; the logits are the student's. */
export interface DistillationInputs extends Pick<BatchBuffers, 'logits' | 'labels' | 'smoothing'> {
  readonly teachers: readonly Teacher[];
}

/**
 * Changes losses and dLogits of the rows whose label the teachers predict to those for the target
 * (1 − w) · t + w · q, where t is the target from the label, q the teachers' probabilities and w the
 * distillation weight. As both targets sum to 1, the loss changes by w · Σ (t − q) · logit and the gradient
 * by w · (t − q) / M.
 *
 * @param classes of the logits; further columns are padding
 */
export function createDistillation(
  kernels: Kernels,
  { teachers, logits, labels, smoothing }: DistillationInputs,
  { dLogits, losses }: Pick<BatchBuffers, 'dLogits' | 'losses'>,
  classes: number,
): RowOperation {
  const stride = logits.length / labels.length;
  const computeLogits = teachers.map(({ layers, buffers, logits: target }) => {
    const { inputRows } = buffers.at(-1)!;
    return createLogitsOperation(kernels, { layer: layers.at(-1)!, inputRows }, { logits: target });
  });
  const probabilities = new Float32Array(classes);
  return (range, step) => {
    if (teachers.length === 0) return;
    for (const compute of computeLogits) compute(range, step);
    for (let row = range.firstRow; row < range.firstRow + range.rows; row++) {
      // Outliers keep the uniform target.
      if (smoothing[row] === 1) continue;
      meanLogits(probabilities, teachers, row);
      softmaxInto(probabilities, probabilities, 1);
      // Teachers may not know a style; the target of pictures that they misclassify is the label alone.
      if (argmax(probabilities) !== labels[row]) continue;
      const uniform = smoothing[row]! / classes;
      for (let n = 0; n < classes; n++) {
        const target = uniform + (n === labels[row] ? 1 - smoothing[row]! : 0);
        const change = distillationWeight * (target - probabilities[n]!);
        const at = row * stride + n;
        dLogits[at]! += change / step.M;
        losses[row]! += change * logits[at]!;
      }
    }
  };
}

function meanLogits(mean: Float32Array, teachers: readonly Teacher[], row: number): void {
  mean.fill(0);
  for (const { logits, layers } of teachers) {
    const at = row * layers.at(-1)!.outputs;
    for (let n = 0; n < mean.length; n++) mean[n]! += logits[at + n]! / teachers.length;
  }
}
