// What a network gets wrong in the validation samples: the confusion matrix and the most confident mistakes.

import type { MistakesEvent } from '@digits/protocol';
import type { Samples } from '../../../src/data/samples.ts';
import { countConfusions } from '../../../src/evaluation/metrics/confusion.ts';
import { labelledPredictions } from '../../../src/evaluation/metrics/labelled-predictions.ts';
import { listMistakes, pictureMistakes } from '../../../src/evaluation/metrics/mistakes.ts';
import type { ValidationEvent } from '../../../src/training/events.ts';
import { toSquare } from './square.ts';

/** More than fit on a screen. */
const maxExamples = 40;

/** @param validation the samples that the event's logits are of */
export function mistakesOf(
  { type: _, logits, ...position }: ValidationEvent,
  validation: Samples,
): MistakesEvent {
  const { labels } = validation;
  const predictions = labelledPredictions(logits, labels, 1);
  const options = { maxMistakes: maxExamples, temperature: 1 };
  const examples = pictureMistakes(listMistakes(logits, labels, options), validation);
  return {
    type: 'mistakes',
    ...position,
    confusions: countConfusions(predictions, logits.length / labels.length).map(row => [...row]),
    count: predictions.filter(({ predicted, actual }) => predicted !== actual).length,
    examples: examples.map(({ pixels, columns, ...mistake }) => ({
      ...mistake,
      pixels: Buffer.from(toSquare(pixels, columns)).toString('base64'),
    })),
  };
}
