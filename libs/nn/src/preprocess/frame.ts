// Frames: the box that a digit was written into, or the edge of the sheet. They come as rings of one
// shade along the picture's edges, or as lines drawn near them, closed or broken.

import { type Lit, leastContrast, withBorder } from './border.ts';
import type { Box } from './bounds.ts';
import { cut } from './cut.ts';
import { type Island, removeIsland } from './islands.ts';
import type { Plane } from './picture.ts';

/** How deep a frame may reach into the picture, as a share of its shorter side: MNIST's margin. */
const deepest = 0.14;

/** How deep a strip may reach from one side; bands.ts sees another background from a fifth on. */
const deepestStrip = 0.24;

/** Share of its box that a strip fills: grain hangs on to its edge. */
const leastFull = 0.85;

/** Looking at so many pixels is enough to tell what shade is common. */
const samples = 1000;

/** Share of a ring's pixels that may be of another shade: digits touch frames. */
const mostOthers = 0.1;

/** The picture without the rings of another shade around it; mostly the same picture. */
export function peelRings(light: Plane): Lit {
  const mostRings = Math.floor(deepest * Math.min(light.width, light.height));
  const whole = withBorder(light);
  for (let depth = 0; depth <= mostRings; depth++) {
    const inner = depth === 0 ? whole : withBorder(inset(light, depth));
    const { background } = inner.border;
    if (isCommon(background, light)) return inner;
    if (!isRing(inner.light, background)) return whole;
  }
  return whole;
}

/** Whether half of the picture has this shade, as its background has: a digit covers less. */
function isCommon(shade: number, { values }: Plane): boolean {
  const step = Math.max(1, Math.floor(values.length / samples));
  let near = 0;
  for (let i = 0; i < values.length; i += step) {
    if (Math.abs(values[i]! - shade) < leastContrast) near += step;
  }
  return 2 * near >= values.length;
}

function isRing({ width, height, values }: Plane, shade: number): boolean {
  let others = 0;
  const look = (x: number, y: number) => {
    if (Math.abs(values[y * width + x]! - shade) >= leastContrast) others++;
  };
  for (let x = 0; x < width; x++) {
    look(x, 0);
    look(x, height - 1);
  }
  for (let y = 1; y < height - 1; y++) {
    look(0, y);
    look(width - 1, y);
  }
  return others <= mostOthers * 2 * (width + height - 2);
}

function inset(plane: Plane, depth: number): Plane {
  const { width, height } = plane;
  return cut(plane, { left: depth, top: depth, right: width - depth, bottom: height - depth });
}

/** Whether ink reaches so near an edge that it may be a frame's. */
export function reachesEdge({ left, top, right, bottom }: Box, { width, height }: Plane): boolean {
  const band = deepest * Math.min(width, height);
  return left < band || top < band || right > width - band || bottom > height - band;
}

/**
 * Takes out lines along the edges, in place: islands that keep to the outer parts of the picture
 * but are as long as most of a side, and strips along a whole one, as of a table beside the sheet.
 * Where there is nothing else, they stay.
 */
export function removeFrameLines(ink: Plane, islands: readonly Island[]): Island[] {
  const band = deepest * Math.min(ink.width, ink.height);
  const isLine = (island: Island) =>
    isStrip(island, ink) ||
    (spans(island.box, ink) && island.pixels.every(pixel => isNearEdge(pixel, ink, band)));
  const lines = islands.filter(isLine);
  if (lines.length === islands.length) return [...islands];
  for (const line of lines) removeIsland(ink, line);
  return islands.filter(island => !lines.includes(island));
}

/** From corner to corner along a side, without paper between. */
function isStrip({ box, pixels }: Island, { width, height }: Plane): boolean {
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  const isUpright = high === height && wide <= deepestStrip * width;
  const isLevel = wide === width && high <= deepestStrip * height;
  const isAtLeftOrRight = box.left === 0 || box.right === width;
  const isAtTopOrBottom = box.top === 0 || box.bottom === height;
  const isAlongSide = (isUpright && isAtLeftOrRight) || (isLevel && isAtTopOrBottom);
  return isAlongSide && pixels.length >= leastFull * wide * high;
}

/** As long as most of a side. */
function spans({ left, top, right, bottom }: Box, { width, height }: Plane): boolean {
  return right - left >= (1 - 2 * deepest) * width || bottom - top >= (1 - 2 * deepest) * height;
}

function isNearEdge(pixel: number, { width, height }: Plane, band: number): boolean {
  const x = pixel % width;
  const y = Math.floor(pixel / width);
  return x < band || y < band || x >= width - band || y >= height - band;
}
