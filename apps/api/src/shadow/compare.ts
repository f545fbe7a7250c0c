// Classifies one picture with the shadow too. Where it predicts another digit than the champion, the
// picture is stored as a disagreement for a person to label.

import type { LoadedModel } from '@digits/nn';
import type { Prediction } from '@digits/protocol';
import type { NewDisagreement } from '../feedback/disagreement.ts';
import type { FeedbackAccess } from '../feedback/feedback-access.ts';
import { toStoredPicture } from '../feedback/stored-picture.ts';
import { classify } from '../inference/classify.ts';
import type { ShadowMetrics } from '../metrics/shadow-metrics.ts';
import type { OneAnswer } from '../schemas/disagreement.ts';
import { referTo } from '../schemas/model.ts';

/** A picture that is not blank, with the champion's prediction. */
export interface AnsweredPicture {
  readonly bytes: Buffer;
  /** [784] ink in 0…1 */
  readonly seen: Float32Array;
  readonly prediction: Prediction;
}

export interface ComparisonContext {
  readonly metrics: ShadowMetrics;
  readonly feedback: Pick<FeedbackAccess, 'use'>;
}

/** @throws Error where the shadow's answer is not finite; Problem where the picture cannot be stored */
export async function compare(
  picture: AnsweredPicture,
  shadow: LoadedModel,
  { metrics, feedback }: ComparisonContext,
): Promise<void> {
  const { prediction, seen } = picture;
  const second = answerOf(shadow, seen);
  // A network that passed its self-test can still overflow on one picture.
  if (!Number.isFinite(second.confidence)) throw new Error(`${shadow.version} has no answer`);
  metrics.answered();
  const { digit } = prediction;
  if (digit === null || digit === second.digit) return;
  metrics.disagreed(digit, second.digit);
  const { confidence, accepted, reason, model } = prediction;
  const first = { digit, confidence, accepted, reason, model };
  const disagreement = toDisagreement(picture, first, second, shadow);
  await feedback.use('add-disagreement', store => store.disagreements.add(disagreement));
}

function answerOf(shadow: LoadedModel, seen: Float32Array): OneAnswer {
  const { digit, confidence, accepted, reason } = classify(seen, shadow);
  return { digit, confidence, accepted, reason, model: referTo(shadow) };
}

function toDisagreement(
  { bytes, seen, prediction }: AnsweredPicture,
  champion: OneAnswer,
  shadow: OneAnswer,
  { model }: LoadedModel,
): NewDisagreement {
  return {
    ...toStoredPicture({
      bytes,
      sha256: prediction.input.sha256,
      pixels: seen,
      preprocessing: model.preprocessing,
    }),
    champion,
    shadow,
  };
}
