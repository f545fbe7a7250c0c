// What the screen says, in words: the verdict on a drawing, the state of the service.

import type { Prediction, Reason } from '../service/answers.ts';
import type { ServiceState } from '../service/service-state.ts';
import type { State } from '../state/state.ts';
import { percent } from './bars.ts';
import { NEEDED, type WindowSize } from './layout.ts';

export const TITLE = 'digits – draw a digit, press Enter, read which one it is';
export const HELP = 'Draw: mouse, or arrows and Space   Enter: ask   c: clear   q: quit';
export const HELP_TOO_SMALL = 'Enlarge it to go on, or press q to quit.';

const REASON_WORDS: Readonly<Record<Reason, string>> = {
  blank: 'blank: nothing is drawn',
  'not-a-digit': 'not a digit',
  uncertain: 'uncertain',
};

/** @returns the digit; with a question mark if the service does not stand by it. */
export function digitLine({ digit, reason }: Prediction): string {
  return `Digit: ${digit ?? ''}${reason === null ? '' : '?'}`;
}

/** @returns how certain the reading is, or why there is none. */
export function certaintyLine(prediction: Prediction): string {
  const { reason } = prediction;
  if (reason === null) return `${percent(prediction.confidence)} certain`;
  if (reason !== 'uncertain') return REASON_WORDS[reason];
  const { digit, share } = likeliest(prediction);
  return `uncertain: perhaps ${digit}, ${percent(share)}`;
}

/** @returns the digit with the greatest probability, and that probability. */
export function likeliest({ probabilities }: Prediction): { digit: number; share: number } {
  const share = Math.max(...probabilities);
  return { digit: probabilities.indexOf(share), share };
}

/** @returns the state of the service in one line. */
export function serviceLine(service: ServiceState): string {
  switch (service.kind) {
    case 'looking':
      return `Looking for a service at ${service.url} …`;
    case 'starting':
      return 'Starting a service …';
    case 'ready': {
      const whose = service.isOwn ? 'our own' : 'running';
      return `Service ready: model ${service.modelVersion}, ${whose} at ${service.url}`;
    }
    case 'down':
      return 'No service. The drawing stays, Enter tries again.';
  }
}

/** @returns what there is to say about asking and where, or nothing. */
export function askingLine({ asked, failure, answer, raster, service }: State): string {
  if (asked !== undefined) return service.kind === 'ready' ? 'Asking …' : 'Asks when it is ready …';
  if (service.kind === 'down') return service.why;
  if (failure !== undefined) return `${failure} Enter tries again.`;
  if (answer !== undefined && answer.raster !== raster) return 'Changed since. Enter asks again.';
  return missingWords(service);
}

/** A person who chose an address is told that another one is asked. */
function missingWords(service: ServiceState): string {
  const missing = 'missing' in service ? service.missing : undefined;
  return missing === undefined ? '' : `No service answers at ${missing}: this is one of our own.`;
}

/** @returns what a window that is too small should be told. */
export function tooSmallLine({ columns, rows }: WindowSize): string {
  const needed = `${NEEDED.columns}×${NEEDED.rows}`;
  return `Drawing needs a window of at least ${needed} characters; this one has ${columns}×${rows}.`;
}
