// The view into the network in words: why there is nothing to see, and the selected neuron.

import { isBlank } from '@digits/canvas';
import { activeCount, neuronSentences, rasterOf, shownPrediction } from '@digits/client';
import { selectionOf, shownLayers } from '../../state/inside/selected-neuron.ts';
import type { State } from '../../state/state.ts';

/** @returns why there are no layers to see; `undefined` if there are. */
export function emptyText(state: State): string | undefined {
  const { inside, service, settings } = state;
  if (service.status !== 'connected') return 'There is no service yet.';
  if (inside.isUnsupported) {
    return 'This service does not show the layers of its network. The one that comes with this app does.';
  }
  if (isBlank(rasterOf(state))) {
    return 'Draw a digit: the neurons that respond to it light up here.';
  }
  if (shownPrediction(state)?.prediction.layers !== undefined) return undefined;
  return settings.isLive ? 'Requesting the layers …' : 'Enter predicts and shows the layers.';
}

/** @returns the view for a screen reader, if it is open. */
export function spokenInside(state: State): string[] {
  if (state.mode.type !== 'inside') return [];
  const empty = emptyText(state);
  const selection = selectionOf(state);
  if (empty !== undefined || selection === undefined) return [empty ?? ''];
  return [spokenLayer(state, selection.position.layer), ...neuronSentences(selection)];
}

function spokenLayer(state: State, layer: number): string {
  const layers = shownLayers(state);
  const { values = [] } = layers[layer - 1] ?? {};
  return `Layer ${layer} of ${layers.length}: ${values.length} neurons, ${activeCount({ values })} active.`;
}
