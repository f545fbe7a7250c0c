// From what the network sees to what it makes of it. Pictures that arrive together go through the network
// together, and share the weights that are in the cache.

import { type BatchClassification, type LoadedModel, networkInputs } from '@digits/nn';
import type { StageTimer } from '../plugins/metrics.ts';
import type { Prediction } from '../schemas/prediction.ts';
import { classCount, classifyMany } from './classify.ts';

export type Answer = Pick<
  Prediction,
  'digit' | 'confidence' | 'probabilities' | 'accepted' | 'reason'
>;

export type DigitAnswer = Answer & { readonly digit: number };

/** What is known of the digit on a blank picture: nothing, so all ten are as likely. */
const uniform = Array.from({ length: classCount }, () => 1 / classCount);

export function blankAnswer(): Answer {
  return { digit: null, confidence: 0, probabilities: uniform, accepted: false, reason: 'blank' };
}

/** @param pixels not blank */
export function classify(pixels: Float32Array, champion: LoadedModel): DigitAnswer {
  return answerAt(classifyMany(champion, pixels, 1), 0);
}

interface PendingPrediction {
  readonly pixels: Float32Array;
  readonly stages: StageTimer;
  readonly resolve: (answer: DigitAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** More at once are hardly quicker, and keep the first of them waiting. */
const maxBatchSize = 8;

/** Who waits for which model. */
const pending = new Map<LoadedModel, PendingPrediction[]>();

/**
 * The same answer as `recognise` gives, when enough pictures are there or, at the end of this turn of the
 * event loop, whatever else has arrived by now.
 */
export function classifyBatched(
  pixels: Float32Array,
  champion: LoadedModel,
  stages: StageTimer,
): Promise<DigitAnswer> {
  return new Promise((resolve, reject) => {
    if (pending.size === 0) setImmediate(flushAll);
    const others = pending.get(champion) ?? [];
    pending.set(champion, others);
    others.push({ pixels, stages, resolve, reject });
    if (others.length === maxBatchSize) flushBatch(champion, others);
  });
}

function flushAll(): void {
  for (const [champion, group] of pending) flushBatch(champion, group);
}

function flushBatch(champion: LoadedModel, group: readonly PendingPrediction[]): void {
  pending.delete(champion);
  const startMs = performance.now();
  try {
    const answers = classifyMany(champion, concatenateInputs(group), group.length);
    for (const [i, { stages, resolve }] of group.entries()) {
      stages.ended('infer', startMs);
      resolve(answerAt(answers, i));
    }
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

/** Used again for every group: the network has a copy. */
const inputs = new Float32Array(maxBatchSize * networkInputs);

function concatenateInputs(group: readonly PendingPrediction[]): Float32Array {
  for (const [i, { pixels }] of group.entries()) inputs.set(pixels, i * networkInputs);
  return inputs;
}

function answerAt(
  { probabilities, digits, decisions: verdicts }: BatchClassification,
  i: number,
): DigitAnswer {
  const digit = digits[i]!;
  const row = Array.from(probabilities.subarray(i * classCount, (i + 1) * classCount));
  const verdict = verdicts[i]!;
  const accepted = verdict === 'accepted';
  return {
    digit,
    confidence: row[digit]!,
    probabilities: row,
    accepted,
    reason: accepted ? null : verdict,
  };
}
