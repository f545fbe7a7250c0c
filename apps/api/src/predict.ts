// From the bytes of a file to the answer.
import { createHash } from 'node:crypto';
import { type Champion, classify, preprocess } from '@digits/nn';
import { decodePicture } from './picture/decode.ts';
import { referTo } from './schemas/model.ts';
import type { Prediction } from './schemas/prediction.ts';

/** What is known of the digit on a blank picture: nothing, so all ten are as likely. */
const uniform = Array.from({ length: 10 }, () => 0.1);

/** @throws Problem when the bytes are no picture that can be read; see `decodePicture` */
export async function predict(
  bytes: Buffer,
  champion: Champion,
  maxPixels: number,
): Promise<Prediction> {
  const pixels = preprocess(await decodePicture(bytes, maxPixels));
  return {
    ...(pixels ? recognise(pixels, champion) : blank()),
    model: referTo(champion),
    input: { sha256: createHash('sha256').update(bytes).digest('hex') },
  };
}

type Answer = Omit<Prediction, 'model' | 'input'>;

function recognise(pixels: Float32Array, { model }: Champion): Answer {
  const { digit, confidence, probabilities } = classify(model, pixels);
  const answer = { digit, confidence, probabilities: Array.from(probabilities) };
  return { ...answer, accepted: true, reason: null };
}

function blank(): Answer {
  return { digit: null, confidence: 0, probabilities: uniform, accepted: false, reason: 'blank' };
}
