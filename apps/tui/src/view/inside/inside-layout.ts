// The places within the view into the network: everything at once where it fits, else a layer or a part
// about the selected neuron at a time. Pure; for drawing and for the mouse.

import { canvasSide } from '@digits/canvas';
import type { InsidePage } from '../../state/inside.ts';
import type { Area } from '../layout.ts';

/** A panel with the neurons of a layer as pixels, two in a cell. */
export interface LayerPlace {
  /** From 1. */
  readonly layer: number;
  readonly neurons: number;
  /** With its border. */
  readonly panel: Area;
  /** The cells of the map, which may have unused pixels at its end. */
  readonly map: Area;
  /** How many neurons share a pixel, which shows the most active of them. */
  readonly pool: number;
}

export interface InsideLayout {
  readonly layers: readonly LayerPlace[];
  /** The panels of the selected neuron, with their borders. */
  readonly weights: Area | undefined;
  readonly digits: Area | undefined;
  readonly examples: Area | undefined;
}

/** What a small window shows. */
export interface InsideChoice {
  readonly page: InsidePage;
  /** From 1. */
  readonly layer: number;
}

const borders = 2;
/** A picture in half blocks, with its border. */
const pictureBox = { columns: canvasSide + borders, rows: canvasSide / 2 + borders };
/** Digits with their signs and short bars. */
const minDigitsColumns = 26;
/** Small examples with their captions. */
const minExampleRows = canvasSide / 4 + 1 + borders;
/** Below a map that is alone: the outputs, and the selected neuron. */
export const lineRows = 2;

/** @param sizes the neurons of each layer that is shown, at least one layer */
export function insideLayoutOf(
  side: Area,
  sizes: readonly number[],
  choice: InsideChoice,
): InsideLayout {
  return wholeLayout(side, sizes) ?? pageLayout(side, sizes, choice);
}

/** @returns everything at once; `undefined` if it does not fit. */
function wholeLayout(side: Area, sizes: readonly number[]): InsideLayout | undefined {
  const heights = sizes.map(size => mapRows(size, side.columns - borders) + borders);
  const above = heights.reduce((sum, rows) => sum + rows, 0);
  const rest = side.rows - above - pictureBox.rows;
  if (side.columns < pictureBox.columns + minDigitsColumns || rest < minExampleRows) {
    return undefined;
  }
  let top = side.top;
  const layers = sizes.map((neurons, index) => {
    const panel = { ...side, top, rows: heights[index]! };
    top += panel.rows;
    return layerPlace(index + 1, neurons, panel, 0);
  });
  const weights = { left: side.left, top, ...pictureBox };
  const digits = {
    left: side.left + pictureBox.columns,
    top,
    columns: side.columns - pictureBox.columns,
    rows: pictureBox.rows,
  };
  const examples = { ...side, top: top + pictureBox.rows, rows: rest };
  return { layers, weights, digits, examples };
}

function pageLayout(
  side: Area,
  sizes: readonly number[],
  { page, layer }: InsideChoice,
): InsideLayout {
  const nothing = { layers: [], weights: undefined, digits: undefined, examples: undefined };
  if (page === 'weights') {
    const weights = { ...side, columns: pictureBox.columns };
    const left = side.left + weights.columns;
    return {
      ...nothing,
      weights,
      digits: { ...side, left, columns: side.columns - weights.columns },
    };
  }
  if (page === 'examples') return { ...nothing, examples: side };
  const shown = Math.min(layer, sizes.length);
  return { ...nothing, layers: [layerPlace(shown, sizes[shown - 1] ?? 0, side, lineRows)] };
}

function layerPlace(layer: number, neurons: number, panel: Area, below: number): LayerPlace {
  const columns = panel.columns - borders;
  const rows = panel.rows - borders - below;
  const pool = Math.max(Math.ceil(neurons / (columns * rows * 2)), 1);
  const map = {
    left: panel.left + 1,
    top: panel.top + 1,
    columns,
    rows: Math.min(mapRows(Math.ceil(neurons / pool), columns), rows),
  };
  return { layer, neurons, panel, map, pool };
}

function mapRows(pixels: number, columns: number): number {
  return Math.ceil(Math.ceil(pixels / columns) / 2);
}

/** @returns the first of the neurons that a pixel of the map shows; it may be beyond the last one. */
export function neuronAt({ map, pool }: LayerPlace, x: number, y: number): number {
  return (y * map.columns + x) * pool;
}

/** @returns by how many neurons a row of pixels below is further. */
export function rowStride({ map, pool }: LayerPlace): number {
  return map.columns * pool;
}
