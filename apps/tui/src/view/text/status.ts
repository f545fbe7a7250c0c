// The status in words: the title, the tool, the corrections, the service, the request under way.

import { isBlank } from '@digits/canvas';
import { correctionsText, practiceTitle, rasterOf, toolText } from '@digits/client';
import { shownAddress } from '@digits/protocol/address';
import type { ServiceState } from '../../state/service-state.ts';
import { failureOf, isStale, type State } from '../../state/state.ts';
import type { WindowSize } from '../../state/terminal.ts';
import { minWindowSize } from '../layout.ts';

export const appName = 'digits';
export const title = `${appName} – draw a digit and see what the network predicts`;
export const tooSmallHint = 'Enlarge the window, or press q to quit.';

/** @returns the first line of the screen: the title, or the digit to draw in practice. */
export function titleLine({ practice }: State): string {
  return practice === undefined ? title : practiceTitle(practice);
}

/** @returns the current tool, and the position of the keyboard's pen. */
export function toolLine(state: State): string {
  return state.isMouseOn ? toolText(state) : `${toolText(state)}, mouse off`;
}

/** @returns how many corrections are saved, and how many of them were not sent yet. */
export function correctionLine({ corrections }: State): string {
  return correctionsText(corrections);
}

/** @returns the state of the service in one line. */
export function serviceLine(service: ServiceState): string {
  switch (service.status) {
    case 'looking':
      return `Looking for a service at ${shownAddress(service.url)} …`;
    case 'starting':
      return 'Starting a service …';
    case 'connected': {
      const origin = service.origin === 'embedded' ? 'embedded' : 'running';
      return `Service ready: model ${service.model.version}, ${origin} at ${shownAddress(service.url)}`;
    }
    case 'away':
      return 'No service available. The drawing is kept; the app keeps trying.';
  }
}

/** @returns what to say about the requested prediction; empty if nothing. */
export function predictionStatus(state: State): string {
  const { pendingRaster, service, settings } = state;
  const failure = failureOf(state);
  if (service.status === 'away') return service.why;
  if (pendingRaster !== undefined && service.status !== 'connected') {
    return 'Requested; waiting for the service …';
  }
  if (failure !== undefined) return `${failure} Enter tries again.`;
  if (pendingRaster !== undefined && !settings.isLive) return 'Predicting …';
  if (isStale(state)) return 'The drawing has changed. Enter predicts again.';
  const isWaiting = !settings.isLive && !isBlank(rasterOf(state));
  return isWaiting && state.predicted === undefined ? 'Enter shows which digit it is.' : '';
}

/** @returns the size that the window should have, and the size that it has. */
export function tooSmallLine({ columns, rows }: WindowSize): string {
  const needed = `${minWindowSize.columns}×${minWindowSize.rows}`;
  return `Drawing needs a window of at least ${needed} characters; this one has ${columns}×${rows}.`;
}
