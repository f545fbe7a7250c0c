// From the bytes of a file to the answer.

import { hash } from 'node:crypto';
import { type LoadedModel, preprocess } from '@digits/nn';
import { decodePicture } from '../image/decode.ts';
import { noTimings, type StageTimer } from '../plugins/metrics.ts';
import { referTo } from '../schemas/model.ts';
import type { Prediction } from '../schemas/prediction.ts';
import { type Answer, blankAnswer, classify, classifyBatched } from './batching.ts';
import { explain } from './explain.ts';

export interface PredictOptions {
  readonly maxPixels: number;
  /** Whether the answer says what the network saw, and what it went by. */
  readonly explain?: boolean;
  readonly stages?: StageTimer;
  /** Told what the network saw and made of it, unless there is nothing on the picture. */
  readonly onClassified?: ((seen: Float32Array, prediction: Prediction) => void) | undefined;
}

/** @throws Problem when the bytes are no picture that can be read; see `decodePicture` */
export async function predict(
  bytes: Buffer,
  champion: LoadedModel,
  options: PredictOptions,
): Promise<Prediction> {
  const { maxPixels, stages = noTimings } = options;
  const pixels = await toNetworkInput(bytes, maxPixels, stages);
  const read = pixels ? await classifyBatched(pixels, champion, stages) : blankAnswer();
  const prediction = predictionOf(read, bytes, champion);
  if (pixels) options.onClassified?.(pixels, prediction);
  if (!options.explain) return prediction;
  return { ...prediction, ...explain(pixels, prediction.digit, champion) };
}

/** What is on a picture that was seen already; the bytes are only named. */
export function predictFromInput(
  pixels: Float32Array | undefined,
  bytes: Buffer,
  champion: LoadedModel,
): Prediction {
  return predictionOf(pixels ? classify(pixels, champion) : blankAnswer(), bytes, champion);
}

function predictionOf(read: Answer, bytes: Buffer, champion: LoadedModel): Prediction {
  return { ...read, model: referTo(champion), input: { sha256: hash('sha256', bytes) } };
}

/**
 * What the network sees on a picture.
 *
 * @returns [784] ink in 0…1; undefined for a blank picture
 * @throws Problem as `decodePicture` does
 */
export async function toNetworkInput(
  bytes: Buffer,
  maxPixels: number,
  stages: StageTimer = noTimings,
): Promise<Float32Array | undefined> {
  const startMs = performance.now();
  const decoded = decodePicture(bytes, maxPixels);
  const picture = decoded instanceof Promise ? await decoded : decoded;
  const decodedMs = stages.ended('decode', startMs);
  const pixels = preprocess(picture);
  stages.ended('preprocess', decodedMs);
  return pixels;
}
