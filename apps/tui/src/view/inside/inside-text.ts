// The view into the network in words: the selected neuron, the digits that it speaks for, why there is
// nothing to see.

import { isBlank } from '@digits/canvas';
import { type SelectedNeuron, selectionOf } from '../../state/selected-neuron.ts';
import { rasterOf, type State, shownPrediction } from '../../state/state.ts';

/** @returns the selected neuron and its output. */
export function neuronLine({ position, value }: SelectedNeuron): string {
  return `Neuron ${position.index} of layer ${position.layer}: ${formatValue(value)}`;
}

/** Outputs have no unit and no limit. */
export function formatValue(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(2);
}

/** Weaker than this fraction of the strongest, a digit is not named. */
const minNamedFraction = 0.5;

/** @returns the digits that a neuron speaks for most, and those against; empty if neither is known. */
export function digitsLine({ neuron, activation }: SelectedNeuron): string {
  const weights = activation?.digitWeights ?? neuron?.digitWeights;
  if (weights === undefined) return '';
  const strongest = Math.max(...weights.map(Math.abs));
  const named = (sign: 1 | -1) =>
    weights
      .map((weight, digit) => ({ digit, strength: sign * weight }))
      .filter(({ strength }) => strength > 0 && strength >= minNamedFraction * strongest)
      .toSorted((one, other) => other.strength - one.strength)
      .map(({ digit }) => digit);
  const parts = [
    { what: 'for', digits: named(1) },
    { what: 'against', digits: named(-1) },
  ];
  return parts
    .filter(({ digits }) => digits.length > 0)
    .map(({ what, digits }) => `${what} ${digits.join(', ')}`)
    .join('; ');
}

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

/** @returns why there are no examples of the selected neuron; empty if there are. */
export function examplesText({ neuron, failure }: SelectedNeuron): string {
  if (failure !== undefined) return failure;
  switch (neuron?.examplesStatus) {
    case undefined:
      return 'Requesting the test images …';
    case 'computing':
      return 'The service is finding the test images that excite it most …';
    case 'unavailable':
      return 'This service has no test images.';
    case 'ready':
      return '';
  }
}

/** @returns the view for a screen reader, if it is open. */
export function spokenInside(state: State): string[] {
  if (state.mode.type !== 'inside') return [];
  const empty = emptyText(state);
  const selection = selectionOf(state);
  if (empty !== undefined || selection === undefined) return [empty ?? ''];
  const digits = digitsLine(selection);
  const labels = selection.neuron?.examples?.map(({ label }) => label).join(', ');
  return [
    `${neuronLine(selection)}.`,
    digits === '' ? '' : `It speaks ${digits}.`,
    labels === undefined ? examplesText(selection) : `Test images that excite it most: ${labels}.`,
  ];
}
