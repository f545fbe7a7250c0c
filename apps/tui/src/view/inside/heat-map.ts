// The outputs of a layer as a heat map in half blocks, and the signed weights of a neuron as a picture.

import { canvasSide } from '@digits/canvas';
import { fractionsOf, heatColour, heatOf } from '@digits/client';
import { halfBlockRows, pictureRows } from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { toneColour } from '../tones.ts';
import { type LayerPlace, neuronAt } from './inside-layout.ts';

/** Finer steps could hardly be seen, and would have nearly every cell written with each prediction. */
const heatSteps = 24;

/**
 * @param selected the index of the selected neuron, whose pixel has the colour of evidence
 * @returns the rows of the map; a pixel is the square root of its greatest activation, so that weak ones
 *   are visible
 */
export function heatMapRows(
  place: LayerPlace,
  values: readonly number[],
  selected: number | undefined,
  style: DisplayStyle,
): string[] {
  const { columns, rows } = place.map;
  const maximum = Math.max(...values);
  const mark = toneColour('for', style);
  const heat = Array.from({ length: heatSteps + 1 }, (_, step) =>
    heatColour(step / heatSteps, style.theme),
  );
  const stepAt = (x: number, y: number) => {
    const first = neuronAt(place, x, y);
    let greatest = 0;
    for (let index = first; index < first + place.pool; index++) {
      greatest = Math.max(greatest, values[index] ?? 0);
    }
    return Math.round(heatOf(greatest, maximum) * heatSteps);
  };
  const isSelected = (x: number, y: number) =>
    selected !== undefined &&
    Math.floor(selected / place.pool) * place.pool === neuronAt(place, x, y);
  return halfBlockRows(
    {
      ...{ columns, rows: 2 * rows },
      colourAt: (x, y) => (isSelected(x, y) ? mark : heat[stepAt(x, y)]!),
      shadeAt: (x, y) => (255 * stepAt(x, y)) / heatSteps,
    },
    style,
  );
}

/** @returns 28×28 signed weights in half blocks: the hue of evidence for or against, as strong as each. */
export function weightRows(weights: readonly number[], style: DisplayStyle): string[] {
  return pictureRows({ side: canvasSide, values: fractionsOf(weights), isInk: false }, style);
}
