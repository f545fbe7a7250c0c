// From the bytes of a file to a prediction: decode, preprocess, classify.

import { hash } from 'node:crypto';
import { type LoadedModel, preprocess } from '@digits/nn';
import type { Prediction } from '@digits/protocol';
import { decodePicture } from '../image/decode.ts';
import { noTimings, type StageTimer } from '../metrics/metrics.ts';
import { nextTurn } from '../next-turn.ts';
import { Problem } from '../problem.ts';
import { referTo } from '../schemas/model.ts';
import { classifyBatched } from './batching.ts';
import { type Answer, blankAnswer, classify } from './classify.ts';
import { type ExplanationPart, explain } from './explain.ts';

export interface PredictOptions {
  readonly maxPixels: number;
  /** The network's input and these parts are added, unless there are none. */
  readonly explain?: readonly ExplanationPart[];
  readonly stages?: StageTimer;
  /** After this time a picture that is still being decoded is abandoned. */
  readonly maxDecodeMs?: number | undefined;
  /** Called with the network's input and the prediction, unless the picture is blank. */
  readonly onClassified?: ((seen: Float32Array, prediction: Prediction) => void) | undefined;
}

/** More bytes take over a millisecond to hash. */
const maxHashedBytes = 1024 * 1024;

/** @throws Problem where the bytes cannot be decoded, see `decodePicture`; `handler-timeout` */
export async function predict(
  bytes: Buffer,
  champion: LoadedModel,
  options: PredictOptions,
): Promise<Prediction> {
  const { maxPixels, stages = noTimings, explain: parts = [] } = options;
  const pixels = await toNetworkInput(bytes, maxPixels, stages, options.maxDecodeMs);
  const answer = pixels ? await classifyBatched(pixels, champion, stages) : blankAnswer();
  // Other pictures may have been classified and hashed in this turn.
  if (bytes.length > maxHashedBytes) await nextTurn();
  const prediction = toPrediction(answer, bytes, champion);
  if (pixels) options.onClassified?.(pixels, prediction);
  if (parts.length === 0) return prediction;
  await nextTurn();
  return { ...prediction, ...explain(pixels, prediction.digit, parts, champion) };
}

/** The prediction for an input that was computed before; the bytes are only hashed. */
export function predictFromInput(
  pixels: Float32Array | undefined,
  bytes: Buffer,
  champion: LoadedModel,
): Prediction {
  return toPrediction(pixels ? classify(pixels, champion) : blankAnswer(), bytes, champion);
}

function toPrediction(answer: Answer, bytes: Buffer, champion: LoadedModel): Prediction {
  return { ...answer, model: referTo(champion), input: { sha256: hash('sha256', bytes) } };
}

/**
 * The network's input for a file.
 *
 * @returns [784] ink in 0…1; undefined for a blank picture
 * @throws Problem as `decodePicture` does; `handler-timeout`
 */
export async function toNetworkInput(
  bytes: Buffer,
  maxPixels: number,
  stages: StageTimer = noTimings,
  maxDecodeMs?: number,
): Promise<Float32Array | undefined> {
  const startMs = performance.now();
  const decoded = decodePicture(bytes, maxPixels);
  const picture = decoded instanceof Promise ? await inTime(decoded, maxDecodeMs) : decoded;
  const decodedMs = stages.observe('decode', startMs);
  const pixels = preprocess(picture);
  stages.observe('preprocess', decodedMs);
  return pixels;
}

/** Abandons the work after `maxMs`, without stopping it; undefined is no limit. */
function inTime<Result>(work: Promise<Result>, maxMs: number | undefined): Promise<Result> {
  if (maxMs === undefined) return work;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Problem('handler-timeout', 'The picture took too long to decode.'));
    }, maxMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
