// The most probable classes as texts, after Triton's classification extension
// (https://github.com/triton-inference-server/server, docs/protocol/extension_classification.md).

import { classCount } from '../inference/classify.ts';
import { nextTurn } from '../next-turn.ts';
import type { InferenceResult } from './infer.ts';
import type { Output } from './outputs.ts';

/** Described in one turn of the event loop: some four milliseconds. */
const imagesPerTurn = 256;

/** @param classes how many for each image; with more than ten, all of them */
export function classificationOutput(classes: number): Output {
  const length = Math.min(classes, classCount);
  return {
    datatype: 'BYTES',
    shape: count => [count, length],
    data: inference => bestClasses(inference, length),
    bytes: async inference => bytesOf(await bestClasses(inference, length)),
  };
}

/** @returns [count, length] "score:index:label", for each image from the best on */
async function bestClasses(
  { count, probabilities }: InferenceResult,
  length: number,
): Promise<string[]> {
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % imagesPerTurn === 0) await nextTurn();
    const scores = probabilities.subarray(i * classCount, (i + 1) * classCount);
    const order = Array.from(scores.keys()).sort((one, other) => scores[other]! - scores[one]!);
    for (const digit of order.slice(0, length)) {
      texts.push(`${scores[digit]!.toFixed(6)}:${digit}:${digit}`);
    }
  }
  return texts;
}

/** The elements of a binary BYTES tensor, each after its length as a little-endian number. */
function bytesOf(texts: readonly string[]): Buffer {
  const bytes = Buffer.alloc(texts.reduce((sum, text) => sum + 4 + text.length, 0));
  let at = 0;
  for (const text of texts) {
    at = bytes.writeUInt32LE(text.length, at);
    at += bytes.write(text, at, 'latin1');
  }
  return bytes;
}
