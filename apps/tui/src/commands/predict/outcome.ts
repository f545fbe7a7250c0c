// The outcome of one picture, as lines for people and as a JSON value for programs.

import { formatPercent, type Prediction, topClassOf } from '@digits/client';
import { printable } from '../../untrusted-text.ts';
import { explanationLines } from './explanation.ts';

export type Outcome =
  | { readonly path: string; readonly prediction: Prediction }
  | { readonly path: string; readonly error: { readonly code: string; readonly message: string } };

/** The code of a picture whose preprocessing steps cannot be written. */
export const notWrittenCode = 'PICTURE_FILE';

/** Bounds the line that names a file. */
const maxPathCharacters = 4096;

/** @returns one line, and the explanation below it if there is one; without the last line feed */
export function outcomeText(outcome: Outcome): string {
  const path = printable(outcome.path, maxPathCharacters);
  if ('error' in outcome) {
    const { code, message } = outcome.error;
    return `${path}: ${code === notWrittenCode ? '' : 'cannot be read: '}${message}`;
  }
  const { prediction } = outcome;
  return [`${path}: ${predictionText(prediction)}`, ...explanationLines(prediction)].join('\n');
}

function predictionText({ digit, confidence, probabilities, reason }: Prediction): string {
  if (reason === null) return `${digit}  ${formatPercent(confidence)}`;
  if (reason === 'blank') return 'blank';
  if (reason === 'not-a-digit') return 'not a digit';
  const { digit: top, probability } = topClassOf({ probabilities });
  return `uncertain  perhaps ${top}, ${formatPercent(probability)}`;
}

export function outcomeValue(outcome: Outcome): object {
  if ('error' in outcome) return outcome;
  const { reason, ...prediction } = outcome.prediction;
  return { path: outcome.path, ...prediction, accepted: reason === null, reason };
}
