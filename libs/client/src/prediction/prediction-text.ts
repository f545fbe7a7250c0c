// A prediction in words.

import { type Prediction, topClassOf } from './prediction.ts';

/** @returns a fraction of 0…1 as a percentage with one decimal, for example `98.3 %`. */
export function formatPercent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** @returns a digit with its article: `an 8`. */
export function aDigit(digit: number): string {
  return digit === 8 ? 'an 8' : `a ${digit}`;
}

/** @returns the digit, and whether it is uncertain. */
export function digitLine(prediction: Prediction): string {
  const { digit, reason } = prediction;
  switch (reason) {
    case null:
      return `Digit: ${digit}`;
    case 'uncertain':
      return `Digit: ${digit ?? topClassOf(prediction).digit} (uncertain)`;
    case 'not-a-digit':
      return 'Digit: none';
    case 'blank':
      return 'Digit:';
  }
}

/** @returns the confidence, or why the prediction was rejected. */
export function confidenceLine(prediction: Prediction): string {
  const { digit, probability } = topClassOf(prediction);
  switch (prediction.reason) {
    case null:
      return `${formatPercent(prediction.confidence)} certain`;
    case 'uncertain':
      return `perhaps ${digit}: ${formatPercent(probability)}`;
    case 'not-a-digit':
      return `most like ${digit}: ${formatPercent(probability)}`;
    case 'blank':
      return 'blank: nothing is drawn';
  }
}

/** @returns the big digit to show: the best guess; `null` for none, `undefined` for a blank. */
export function bigDigitOf({ digit, reason, ...rest }: Prediction): number | null | undefined {
  if (reason === 'blank') return undefined;
  if (reason === 'not-a-digit') return null;
  return digit ?? topClassOf(rest).digit;
}

/** @returns the model, and the latency if it is known. */
export function modelLine({ model, latencyMs }: Prediction): string {
  return latencyMs === undefined ? model.version : `${model.version}, ${latencyMs.toFixed(0)} ms`;
}

/** @returns the prediction as a sentence, for a screen reader. */
export function predictionSentence(prediction: Prediction): string {
  const { digit, probability } = topClassOf(prediction);
  const confidence = `${(probability * 100).toFixed(0)} percent`;
  switch (prediction.reason) {
    case null:
      return `The predicted digit is ${prediction.digit}, ${confidence} certain.`;
    case 'uncertain':
      return `The prediction is uncertain: perhaps ${digit}, ${confidence}.`;
    case 'not-a-digit':
      return 'This does not look like a digit.';
    case 'blank':
      return 'Nothing is drawn.';
  }
}
