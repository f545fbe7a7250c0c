// From the bytes of a file to the answer.
import { hash } from 'node:crypto';
import { type Champion, classify, preprocess } from '@digits/nn';
import { explain } from './explain.ts';
import { type Stages, unmeasured } from './operations/metrics.ts';
import { decodePicture } from './picture/decode.ts';
import { referTo } from './schemas/model.ts';
import type { Prediction } from './schemas/prediction.ts';

export interface PredictOptions {
  readonly maxPixels: number;
  /** Whether the answer says what the network saw, and what it went by. */
  readonly explain?: boolean;
  readonly stages?: Stages;
  /** Told what the network saw and made of it, unless there is nothing on the picture. */
  readonly onRead?: ((seen: Float32Array, prediction: Prediction) => void) | undefined;
}

/** What is known of the digit on a blank picture: nothing, so all ten are as likely. */
const uniform = Array.from({ length: 10 }, () => 0.1);

/** @throws Problem when the bytes are no picture that can be read; see `decodePicture` */
export async function predict(
  bytes: Buffer,
  champion: Champion,
  options: PredictOptions,
): Promise<Prediction> {
  const { maxPixels, stages = unmeasured } = options;
  const pixels = await see(bytes, maxPixels, stages);
  const startMs = performance.now();
  const prediction = answer(pixels, bytes, champion);
  stages.ended('infer', startMs);
  if (pixels) options.onRead?.(pixels, prediction);
  if (!options.explain) return prediction;
  return { ...prediction, ...explain(pixels, prediction.digit, champion) };
}

/** What is on a picture that was seen already; the bytes are only named. */
export function answer(pixels: Float32Array | null, bytes: Buffer, champion: Champion): Prediction {
  return {
    ...(pixels ? recognise(pixels, champion) : blank()),
    model: referTo(champion),
    input: { sha256: hash('sha256', bytes) },
  };
}

/**
 * What the network sees on a picture.
 *
 * @returns [784] ink in 0…1; null for a blank picture
 * @throws Problem as `decodePicture` does
 */
export async function see(
  bytes: Buffer,
  maxPixels: number,
  stages: Stages = unmeasured,
): Promise<Float32Array | null> {
  const startMs = performance.now();
  const decoded = decodePicture(bytes, maxPixels);
  const picture = decoded instanceof Promise ? await decoded : decoded;
  const decodedMs = stages.ended('decode', startMs);
  const pixels = preprocess(picture);
  stages.ended('preprocess', decodedMs);
  return pixels;
}

type Answer = Pick<Prediction, 'digit' | 'confidence' | 'probabilities' | 'accepted' | 'reason'>;

/** @param pixels not blank */
export function recognise(pixels: Float32Array, { model }: Champion): Answer & { digit: number } {
  const { digit, confidence, probabilities, verdict } = classify(model, pixels);
  const accepted = verdict === 'accepted';
  return {
    digit,
    confidence,
    probabilities: Array.from(probabilities),
    accepted,
    reason: accepted ? null : verdict,
  };
}

function blank(): Answer {
  return { digit: null, confidence: 0, probabilities: uniform, accepted: false, reason: 'blank' };
}
