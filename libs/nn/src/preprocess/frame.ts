// Removes frames: a printed box around the digit, or the edge of the sheet. A frame is either a ring of
// one shade along the picture's edges (found in grey levels) or lines near the edges (found in ink).

import { minContrast, type WithBorderStats, withBorderStats } from './border.ts';
import { type ConnectedComponent, removeComponent } from './connected-components.ts';
import { type Box, crop, type Plane } from './picture.ts';

/** Maximum depth of a frame, as a fraction of the shorter side: MNIST's margin of 4 / 28. */
const maxFrameDepth = 0.14;

/** Maximum depth of a strip along one side; background-bands.ts handles those from a fifth on. */
const maxStripDepth = 0.24;

/** Minimum fraction of its box that a strip fills; not 1, because noise may be attached to its edge. */
const minStripFill = 0.85;

/** Number of pixels that are sampled to find out whether a shade is common. */
const shadeSamples = 1000;

/** Maximum fraction of a ring's pixels with another shade; not 0, because digits may touch frames. */
const maxOtherShade = 0.1;

/**
 * Crops rings of another shade off the picture's edges.
 *
 * @returns the whole picture if there is no such ring
 */
export function removeFrameRings(plane: Plane): WithBorderStats {
  const maxRings = Math.floor(maxFrameDepth * Math.min(plane.width, plane.height));
  const whole = withBorderStats(plane);
  for (let depth = 0; depth <= maxRings; depth++) {
    const inner = depth === 0 ? whole : withBorderStats(inset(plane, depth));
    const { background } = inner.border;
    if (isCommon(background, plane)) return inner;
    if (!isRing(inner.plane, background)) return whole;
  }
  return whole;
}

/** Whether at least half of the picture has this shade and so is probably background. */
function isCommon(shade: number, { values }: Plane): boolean {
  const step = Math.max(1, Math.floor(values.length / shadeSamples));
  let near = 0;
  for (let i = 0; i < values.length; i += step) {
    if (Math.abs(values[i]! - shade) < minContrast) near += step;
  }
  return 2 * near >= values.length;
}

function isRing({ width, height, values }: Plane, shade: number): boolean {
  let others = 0;
  const count = (x: number, y: number) => {
    if (Math.abs(values[y * width + x]! - shade) >= minContrast) others++;
  };
  for (let x = 0; x < width; x++) {
    count(x, 0);
    count(x, height - 1);
  }
  for (let y = 1; y < height - 1; y++) {
    count(0, y);
    count(width - 1, y);
  }
  return others <= maxOtherShade * 2 * (width + height - 2);
}

function inset(plane: Plane, depth: number): Plane {
  const { width, height } = plane;
  return crop(plane, { left: depth, top: depth, right: width - depth, bottom: height - depth });
}

/** @returns whether ink reaches so near an edge that it may be part of a frame */
export function reachesEdge({ left, top, right, bottom }: Box, { width, height }: Plane): boolean {
  const depth = maxFrameDepth * Math.min(width, height);
  return left < depth || top < depth || right > width - depth || bottom > height - depth;
}

/**
 * Removes lines along the edges, in place: components that stay near the edges and span most of a
 * side, and filled strips along a whole side, such as a table beside the sheet. If they are all there is,
 * nothing is removed.
 *
 * @returns the remaining components
 */
export function removeFrameLines(
  ink: Plane,
  components: readonly ConnectedComponent[],
): ConnectedComponent[] {
  const depth = maxFrameDepth * Math.min(ink.width, ink.height);
  const isLine = (component: ConnectedComponent) =>
    isStrip(component, ink) ||
    (spansSide(component.box, ink) &&
      component.pixels.every(pixel => isNearEdge(pixel, ink, depth)));
  const lines = components.filter(isLine);
  if (lines.length === components.length) return [...components];
  for (const line of lines) removeComponent(ink, line);
  return components.filter(component => !lines.includes(component));
}

/** Whether a component spans a side from corner to corner and fills its box. */
function isStrip({ box, pixels }: ConnectedComponent, { width, height }: Plane): boolean {
  const [boxWidth, boxHeight] = [box.right - box.left, box.bottom - box.top];
  const isVertical = boxHeight === height && boxWidth <= maxStripDepth * width;
  const isHorizontal = boxWidth === width && boxHeight <= maxStripDepth * height;
  const isAtLeftOrRight = box.left === 0 || box.right === width;
  const isAtTopOrBottom = box.top === 0 || box.bottom === height;
  const isAlongSide = (isVertical && isAtLeftOrRight) || (isHorizontal && isAtTopOrBottom);
  return isAlongSide && pixels.length >= minStripFill * boxWidth * boxHeight;
}

function spansSide({ left, top, right, bottom }: Box, { width, height }: Plane): boolean {
  const minSpan = 1 - 2 * maxFrameDepth;
  return right - left >= minSpan * width || bottom - top >= minSpan * height;
}

function isNearEdge(pixel: number, { width, height }: Plane, depth: number): boolean {
  const x = pixel % width;
  const y = Math.floor(pixel / width);
  return x < depth || y < depth || x >= width - depth || y >= height - depth;
}
