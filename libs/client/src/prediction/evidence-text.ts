// Where the evidence for a prediction is, in a sentence for a screen reader.

import { canvasSide } from '@digits/canvas';
import { type Prediction, topClassOf } from './prediction.ts';

/** @returns where in the network's input the evidence for the digit and against it is. */
export function evidenceSentence(prediction: Prediction): string {
  const places = (sign: 1 | -1) => strongestPlaces(prediction, sign).join(' and ');
  const [support, opposition] = [places(1), places(-1)];
  if (support === '' && opposition === '') return 'There is no evidence to report.';
  const digit = `Evidence for ${topClassOf(prediction).digit}`;
  return [
    support === '' ? `${digit}: none` : `${digit}: mostly ${support}`,
    ...(opposition === '' ? [] : [`against it: mostly ${opposition}`]),
  ]
    .join('; ')
    .concat('.');
}

/** Ninths of the network's input, from the top left. */
const placeNames = [
  ...['at the top left', 'at the top', 'at the top right'],
  ...['on the left', 'in the middle', 'on the right'],
  ...['at the bottom left', 'at the bottom', 'at the bottom right'],
];

/** Preprocessing fits a digit into 20×20 pixels in the middle: a margin of four. */
const margin = 4;
const maxPlaces = 2;

/** The ninths with most of the evidence of one sign; none without any. */
function strongestPlaces({ saliency = [] }: Prediction, sign: 1 | -1): string[] {
  const sums = placeNames.map((name, place) => {
    const within = saliency.filter((_, index) => placeOf(index) === place);
    return { name, sum: within.reduce((sum, value) => sum + Math.max(sign * value, 0), 0) };
  });
  const found = sums.filter(({ sum }) => sum > 0).toSorted((one, other) => other.sum - one.sum);
  return found.slice(0, maxPlaces).map(({ name }) => name);
}

function placeOf(index: number): number {
  return 3 * thirdOf(Math.floor(index / canvasSide)) + thirdOf(index % canvasSide);
}

function thirdOf(pixel: number): number {
  const third = Math.floor((3 * (pixel - margin)) / (canvasSide - 2 * margin));
  return Math.min(Math.max(third, 0), 2);
}
