// What the screen says about a reading and the service, in words.

import { isBlank } from '@digits/canvas';
import { type Prediction, topClassOf } from '../../state/prediction.ts';
import type { ServiceState } from '../../state/service-state.ts';
import { rasterOf, type State } from '../../state/state.ts';
import type { WindowSize } from '../../state/terminal.ts';
import { minWindowSize } from '../layout.ts';
import { formatPercent } from './bars.ts';

export const title = 'digits – draw a digit, read which one it is';
export const tooSmallHint = 'Enlarge it to go on, or press q to quit.';

/** @returns the digit; with a word on it if the service does not stand by it. */
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

/** @returns how certain the reading is, or why there is none. */
export function confidenceLine(prediction: Prediction): string {
  const { digit, probability } = topClassOf(prediction);
  switch (prediction.reason) {
    case null:
      return `${formatPercent(prediction.confidence)} certain`;
    case 'uncertain':
      return `perhaps ${digit}: ${formatPercent(probability)}`;
    case 'not-a-digit':
      return `not a digit; most like ${digit}: ${formatPercent(probability)}`;
    case 'blank':
      return 'blank: nothing is drawn';
  }
}

/** @returns the digit for the large figure: the best guess, null for none, undefined for nothing. */
export function bigDigitOf({ digit, reason, ...rest }: Prediction): number | null | undefined {
  if (reason === 'blank') return undefined;
  if (reason === 'not-a-digit') return null;
  return digit ?? topClassOf(rest).digit;
}

/** @returns who read it and how fast. */
export function modelLine({ model, latencyMs }: Prediction): string {
  const time = latencyMs === undefined ? '' : `${latencyMs.toFixed(0)} ms, `;
  return `${time}model ${model.version}`;
}

/** @returns the state of the service in one line. */
export function serviceLine(service: ServiceState): string {
  switch (service.status) {
    case 'looking':
      return `Looking for a service at ${service.url} …`;
    case 'starting':
      return 'Starting a service …';
    case 'connected': {
      const whose = service.origin === 'embedded' ? 'our own' : 'running';
      return `Service ready: model ${service.model.version}, ${whose} at ${service.url}`;
    }
    case 'away':
      return 'No service at the moment. The drawing stays; it is looked for again by itself.';
  }
}

/** @returns what there is to say about asking, or nothing. */
export function predictionStatus(state: State): string {
  const { pendingRaster, predictionError, service, settings } = state;
  if (service.status === 'away') return service.why;
  if (pendingRaster !== undefined && service.status !== 'connected')
    return 'Asks when it is ready …';
  if (predictionError !== undefined) return `${predictionError} Enter tries again.`;
  if (pendingRaster !== undefined && !settings.isLive) return 'Asking …';
  return isStale(state) ? 'Changed since. Enter asks again.' : '';
}

/** @returns whether the answer is about a former drawing and none about this one will come. */
export function isStale({
  predicted,
  settings,
  service,
  predictionError,
  ...state
}: State): boolean {
  if (predicted === undefined || predicted.raster === rasterOf(state)) return false;
  return !(settings.isLive && service.status === 'connected' && predictionError === undefined);
}

/** @returns the reading as a sentence, for ears. */
export function spokenPrediction(state: State): string {
  if (isBlank(rasterOf(state))) return 'Nothing is drawn.';
  if (state.predicted === undefined) return 'The drawing has not been read yet.';
  const { prediction } = state.predicted;
  const { digit, probability } = topClassOf(prediction);
  const certainty = `${(probability * 100).toFixed(0)} percent`;
  const former = isStale(state) ? ' It has changed since.' : '';
  switch (prediction.reason) {
    case null:
      return `The drawing is read as ${prediction.digit}, ${certainty} certain.${former}`;
    case 'uncertain':
      return `The reading is uncertain: perhaps ${digit}, ${certainty}.${former}`;
    case 'not-a-digit':
      return `This does not look like a digit.${former}`;
    case 'blank':
      return 'Nothing is drawn.';
  }
}

/** @returns what a window that is too small should be told. */
export function tooSmallLine({ columns, rows }: WindowSize): string {
  const needed = `${minWindowSize.columns}×${minWindowSize.rows}`;
  return `Drawing needs a window of at least ${needed} characters; this one has ${columns}×${rows}.`;
}
