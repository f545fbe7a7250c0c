// The places within the view into the network: everything at once where it fits, else a layer or a part
// about the selected neuron at a time. Pure; for drawing and for the mouse.

import { canvasSide } from '@digits/canvas';
import type { InsidePage } from '../../state/inside/inside.ts';
import type { Area } from '../layout/areas.ts';
import { borders, boxes } from '../layout/sizes.ts';

/** A panel with the neurons of a layer as pixels, two in a cell. */
export interface LayerPlace {
  /** From 1. */
  readonly layer: number;
  readonly neurons: number;
  /** With its border. */
  readonly panel: Area;
  /** The cells of the map, which may have unused pixels at its end. */
  readonly map: Area;
  /** The size of a neuron, in columns and in rows of pixels. */
  readonly block: Block;
  /** How many neurons share a block, which shows the most active of them. */
  readonly pool: number;
}

interface Block {
  readonly columns: number;
  readonly pixelRows: number;
}

const pixel: Block = { columns: 1, pixelRows: 1 };

/** Whole cells before halves of them, so that neighbours of a large map can be told apart. */
const blocks: readonly Block[] = [
  { columns: 4, pixelRows: 8 },
  { columns: 3, pixelRows: 6 },
  { columns: 2, pixelRows: 4 },
  { columns: 2, pixelRows: 2 },
  { columns: 1, pixelRows: 2 },
  pixel,
];

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

/** A picture in half blocks, with its border. */
const pictureBox = boxes.half;
/** Digits with their signs and short bars. */
const minDigitsColumns = 26;
/** Small examples with their captions. */
const minExampleRows = canvasSide / 4 + 1 + borders;
/** Below a map that is alone: the outputs, and the selected neuron. */
const lineRows = 2;

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
  const heights = sizes.map(size => mapRows(size, side.columns - borders, pixel) + borders);
  const above = heights.reduce((sum, rows) => sum + rows, 0);
  const rest = side.rows - above - pictureBox.rows;
  if (side.columns < pictureBox.columns + minDigitsColumns || rest < minExampleRows) {
    return undefined;
  }
  let top = side.top;
  const layers = sizes.map((neurons, index) => {
    const panel = { ...side, top, rows: heights[index]! };
    top += panel.rows;
    return layerPlace({ layer: index + 1, neurons, panel }, 0, pixel);
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
  return {
    ...nothing,
    layers: [layerPlace({ layer: shown, neurons: sizes[shown - 1] ?? 0, panel: side }, lineRows)],
  };
}

/** @param below the rows of the panel below the map. @param block without one the largest that fits */
function layerPlace(
  { layer, neurons, panel }: Pick<LayerPlace, 'layer' | 'neurons' | 'panel'>,
  below: number,
  block?: Block,
): LayerPlace {
  const columns = panel.columns - borders;
  const rows = panel.rows - borders - below;
  const fitting = blocks.find(each => mapRows(neurons, columns, each) <= rows);
  const chosen = block ?? fitting ?? pixel;
  const pool = Math.max(Math.ceil(neurons / (columns * rows * 2)), 1);
  const map = {
    left: panel.left + 1,
    top: panel.top + 1,
    columns,
    rows: Math.min(mapRows(Math.ceil(neurons / pool), columns, chosen), rows),
  };
  return { layer, neurons, panel, map, block: chosen, pool };
}

/** The cells that a map is high. */
function mapRows(neurons: number, columns: number, block: Block): number {
  return Math.ceil((Math.ceil(neurons / blocksAcross(columns, block)) * block.pixelRows) / 2);
}

function blocksAcross(columns: number, block: Block): number {
  return Math.max(Math.floor(columns / block.columns), 1);
}

/** @returns the first of the neurons that a pixel of the map shows; it may be beyond the last one. */
export function neuronAt({ map, block, pool }: LayerPlace, x: number, y: number): number {
  const across = blocksAcross(map.columns, block);
  const column = Math.floor(x / block.columns);
  if (column >= across) return Number.POSITIVE_INFINITY;
  return (Math.floor(y / block.pixelRows) * across + column) * pool;
}

/** @returns by how many neurons a row of blocks below is further. */
export function rowStride({ map, block, pool }: LayerPlace): number {
  return blocksAcross(map.columns, block) * pool;
}

/** In a narrower panel the rows of a map have nothing in common with those of another one. */
const minStripColumns = 24;

/**
 * The layers alone in an area that is wide and low: one below the other with the neurons as large as fit,
 * else side by side.
 * @param sizes the neurons of each layer, at least one layer
 */
export function layerStripOf(area: Area, sizes: readonly number[]): LayerPlace[] {
  const heightsOf = (block: Block) =>
    sizes.map(size => mapRows(size, area.columns - borders, block) + borders);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const block = blocks.find(each => sum(heightsOf(each)) <= area.rows);
  if (block === undefined) return sideBySide(area, sizes);
  let top = area.top;
  return heightsOf(block).map((height, index) => {
    const isLast = index === sizes.length - 1;
    const rows = isLast ? area.top + area.rows - top : height;
    const panel = { ...area, top, rows };
    top += rows;
    return layerPlace({ layer: index + 1, neurons: sizes[index]!, panel }, 0, block);
  });
}

/** Of more layers than fit the first ones. */
function sideBySide(area: Area, sizes: readonly number[]): LayerPlace[] {
  const count = Math.min(sizes.length, Math.floor(area.columns / minStripColumns));
  const edge = (index: number) => area.left + Math.floor((area.columns * index) / count);
  return sizes.slice(0, count).map((neurons, index) => {
    const left = edge(index);
    const panel = { ...area, left, columns: edge(index + 1) - left };
    return layerPlace({ layer: index + 1, neurons, panel }, 0);
  });
}
