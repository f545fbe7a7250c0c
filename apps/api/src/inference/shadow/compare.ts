// One picture, read by the shadow as well. Where it reads another digit, the picture is kept for a
// person to say who is right.

import { randomUUIDv7 } from 'node:crypto';
import { inkBytes, type LoadedModel } from '@digits/nn';
import { contentTypeOf } from '../../feedback/content-type.ts';
import type { NewDisagreement } from '../../feedback/disagreement.ts';
import type { FeedbackAccess } from '../../feedback/feedback-access.ts';
import type { ShadowMetrics } from '../../plugins/shadow-metrics.ts';
import type { OneAnswer } from '../../schemas/disagreement.ts';
import { referTo } from '../../schemas/model.ts';
import type { Prediction } from '../../schemas/prediction.ts';
import { classify } from '../batching.ts';

/** A picture with something on it, and what was answered. */
export interface AnsweredPicture {
  readonly bytes: Buffer;
  /** [784] ink in 0…1 */
  readonly seen: Float32Array;
  readonly prediction: Prediction;
}

export interface Comparison {
  readonly metrics: ShadowMetrics;
  readonly feedback: Pick<FeedbackAccess, 'use'>;
}

/** @throws Error when the shadow has no answer; Problem when the picture cannot be kept */
export function compare(
  answered: AnsweredPicture,
  shadow: LoadedModel,
  { metrics, feedback }: Comparison,
): void {
  const { prediction, seen } = answered;
  const second = answerOf(shadow, seen);
  // A network can overflow on one picture without having failed its self-test.
  if (!Number.isFinite(second.confidence)) throw new Error(`${shadow.version} has no answer`);
  metrics.answered();
  const { digit } = prediction;
  if (digit === null || digit === second.digit) return;
  metrics.disagreed(digit, second.digit);
  const { confidence, accepted, reason, model } = prediction;
  const first = { digit, confidence, accepted, reason, model };
  feedback.use(store => store.disagreements.add(disagreement(answered, first, second, shadow)));
}

function answerOf(shadow: LoadedModel, seen: Float32Array): OneAnswer {
  const { digit, confidence, accepted, reason } = classify(seen, shadow);
  return { digit, confidence, accepted, reason, model: referTo(shadow) };
}

function disagreement(
  { bytes, seen, prediction }: AnsweredPicture,
  champion: OneAnswer,
  shadow: OneAnswer,
  { model }: LoadedModel,
): NewDisagreement {
  return {
    id: randomUUIDv7(),
    champion,
    shadow,
    input: {
      sha256: prediction.input.sha256,
      contentType: contentTypeOf(bytes),
      byteLength: bytes.length,
    },
    createdAt: new Date().toISOString(),
    picture: bytes,
    seen: inkBytes(seen),
    preprocessing: model.preprocessing,
  };
}
