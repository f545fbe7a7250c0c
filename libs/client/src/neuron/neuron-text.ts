// A neuron in words: its output, the digits that it speaks for, why its test images are not there.

import type { SelectedNeuron } from './inside.ts';

/** @returns the selected neuron and its output. */
export function neuronLine({ position, value }: SelectedNeuron): string {
  return `Neuron ${position.index} of layer ${position.layer}: ${formatOutput(value)}`;
}

/** Outputs have no unit and no limit. */
export function formatOutput(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(2);
}

/** @returns how much the neuron speaks for each digit: for the drawing, if that is known. */
export function digitWeightsOf({
  neuron,
  activation,
}: SelectedNeuron): readonly number[] | undefined {
  return activation?.digitWeights ?? neuron?.digitWeights;
}

/** Weaker than this fraction of the strongest, a digit is not named. */
const minNamedFraction = 0.5;

/** @returns the digits that a neuron speaks for most, and those against; empty if neither is known. */
export function digitsLine(selection: SelectedNeuron): string {
  const weights = digitWeightsOf(selection);
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

/** @returns why there are no examples of the selected neuron; empty if there are. */
export function examplesText({ neuron, failure }: SelectedNeuron): string {
  if (failure !== undefined) return failure;
  switch (neuron?.examplesStatus) {
    case undefined:
    case 'computing':
      return 'Finding the test images that excite it most …';
    case 'unavailable':
      return 'This service has no test images.';
    case 'ready':
      return '';
  }
}

/** @returns the selected neuron in sentences, each of which names it: a screen reader may read one alone. */
export function neuronSentences(selection: SelectedNeuron): string[] {
  const digits = digitsLine(selection);
  const { index } = selection.position;
  const labels = selection.neuron?.examples?.map(({ label }) => label).join(', ');
  return [
    `${neuronLine(selection)}.`,
    digits === '' ? '' : `Neuron ${index} speaks ${digits}.`,
    labels === undefined
      ? `Neuron ${index}. ${examplesText(selection)}`
      : `Test images that excite neuron ${index} most: ${labels}.`,
  ].filter(sentence => sentence !== '');
}
