// A prediction in words: for the panel beside the canvas and for a screen reader.

import { isBlank } from '@digits/canvas';
import { type Prediction, topClassOf } from '../../state/prediction.ts';
import { isStale, rasterOf, type State, shownPrediction } from '../../state/state.ts';
import { formatPercent } from './bars.ts';

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

/** @returns the prediction as a sentence for a screen reader. */
export function spokenPrediction(state: State): string {
  if (isBlank(rasterOf(state))) return 'Nothing is drawn.';
  const { prediction } = shownPrediction(state) ?? {};
  if (prediction === undefined) return 'There is no prediction yet.';
  const { digit, probability } = topClassOf(prediction);
  const confidence = `${(probability * 100).toFixed(0)} percent`;
  const stale = isStale(state) ? ' The drawing has changed since.' : '';
  switch (prediction.reason) {
    case null:
      return `The predicted digit is ${prediction.digit}, ${confidence} certain.${stale}`;
    case 'uncertain':
      return `The prediction is uncertain: perhaps ${digit}, ${confidence}.${stale}`;
    case 'not-a-digit':
      return `This does not look like a digit.${stale}`;
    case 'blank':
      return 'Nothing is drawn.';
  }
}
