// Trained networks that see every picture of a batch beside the one that is trained, as it sees it, and
// whose answer it learns beside the label: distillation (Hinton, Vinyals and Dean 2015) with one
// view for all (Beyer, Zhai, Royer, Markeeva, Anil and Kolesnikov 2022, "a good teacher is patient and
// consistent"). Several teachers answer as one: by the mean of their logits.

import { softmaxInto } from '../../engine/softmax.ts';
import { createForwardStage } from './hidden.ts';
import { computeLogits } from './last-layer.ts';
import type { SharedRun } from './shared-run.ts';
import { type Stage, together } from './step.ts';
import type { Teacher } from './teacher.ts';

/**
 * How much of a target is the teachers' answer; the rest is the label. By 5 epochs of profile champion,
 * taught by two networks of it: 40 of the 5,000 validation images wrong without teachers, 34 with 0.6 of
 * their answers, 33 with 1, 40 where they counted only if they were right; of 4,984 drawings 192, 182,
 * 179, 176. The cross-entropy was the lowest with 0.6: 0.0307 and 0.133 against 0.0316 and 0.135. Answers
 * at temperature 2: 44 and 171.
 */
export const teachersShare = 0.6;

/** For each hidden layer, the stage that takes a batch through it, of the teachers that have it. */
export function createTeachersStages({ teachers, ...run }: SharedRun): Stage[] {
  const depth = Math.max(0, ...teachers.map(({ layers }) => layers.length - 1));
  return Array.from({ length: depth }, (_, i) =>
    together(
      teachers
        .filter(({ layers }) => i < layers.length - 1)
        .map(({ layers, rooms }) => createForwardStage({ ...run, layers, rooms }, i)),
    ),
  );
}

/** Takes the loss of some rows, and its gradient, from the labels towards the teachers' answers. */
export type Teaching = (from: number, rows: number, M: number) => void;

/**
 * The cross-entropy with another target differs by Σ (t − q) · logit, as both targets sum to 1, and its
 * gradient by t − q.
 */
export function createTeaching(run: SharedRun): Teaching {
  const { kernels, teachers, classes, labels, smoothing, logits, dLogits, losses } = run;
  const gap = run.layers.at(-1)!.outputs;
  const answer = new Float32Array(classes);
  return (from, rows, M) => {
    if (teachers.length === 0) return;
    for (const teacher of teachers) computeLogits({ kernels, ...teacher }, from, rows);
    for (let row = from; row < from + rows; row++) {
      // Nobody knows better what is no digit than that all classes are as likely.
      if (smoothing[row] === 1) continue;
      meanOf(answer, teachers, row);
      softmaxInto(answer, answer, 1);
      const spread = smoothing[row]! / classes;
      for (let n = 0; n < classes; n++) {
        const target = spread + (n === labels[row] ? 1 - smoothing[row]! : 0);
        const change = teachersShare * (target - answer[n]!);
        const at = row * gap + n;
        dLogits[at]! += change / M;
        losses[row]! += change * logits[at]!;
      }
    }
  };
}

function meanOf(answer: Float32Array, teachers: readonly Teacher[], row: number): void {
  answer.fill(0);
  for (const { logits, layers } of teachers) {
    const at = row * layers.at(-1)!.outputs;
    for (let n = 0; n < answer.length; n++) answer[n]! += logits[at + n]! / teachers.length;
  }
}
