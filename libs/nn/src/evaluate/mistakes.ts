// The answers that a network should be most ashamed of.
import { readAnswers } from './answers.ts';

export interface Mistake {
  /** which of the pictures, from 0 */
  readonly index: number;
  readonly said: number;
  readonly right: number;
  /** probability of what was said, 0…1 */
  readonly confidence: number;
}

export interface MistakeOptions {
  /** how many at most */
  readonly count: number;
  readonly temperature: number;
}

/**
 * The wrong answers, most confident first.
 *
 * @param logits [labels.length, classes]
 * @throws RangeError when logits and labels do not fit each other
 */
export function listMistakes(
  logits: Float32Array,
  labels: Uint8Array,
  { count, temperature }: MistakeOptions,
): Mistake[] {
  return readAnswers(logits, labels, temperature)
    .map(({ said, right, confidence }, index) => ({ index, said, right, confidence }))
    .filter(({ said, right }) => said !== right)
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, count);
}
