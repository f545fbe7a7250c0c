// Connected components of ink (8-connectivity), and the removal of those too small to be part of the
// digit: a distant speck would otherwise enlarge the digit's bounding box to the whole picture.

import type { Box, Plane } from './picture.ts';
import { newArrays } from './workspace.ts';

/** Pixels of ink that touch one another, also at corners. */
export interface ConnectedComponent {
  /** indices into the plane */
  readonly pixels: Int32Array;
  /** sum of their ink */
  readonly mass: number;
  readonly box: Box;
}

/** Finds the components by flood fill, in the order of their first pixels. */
export function findConnectedComponents(
  { width, height, values }: Plane,
  workspace = newArrays,
): ConnectedComponent[] {
  // A margin of one pixel keeps every neighbour inside the array.
  const stride = width + 2;
  const isUnvisited = workspace.uint8(stride * (height + 2));
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x]! <= 0) continue;
      isUnvisited[(y + 1) * stride + x + 1] = 1;
      count++;
    }
  }
  const neighbours = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1];
  const queue = workspace.int32(count);
  const components: ConnectedComponent[] = [];
  let start = 0;
  for (let at = isUnvisited.indexOf(1); at !== -1; at = isUnvisited.indexOf(1, at)) {
    isUnvisited[at] = 0;
    queue[start] = at;
    let end = start + 1;
    for (let i = start; i < end; i++) {
      for (const step of neighbours) {
        const neighbour = queue[i]! + step;
        if (isUnvisited[neighbour] === 0) continue;
        isUnvisited[neighbour] = 0;
        queue[end++] = neighbour;
      }
    }
    components.push(describe(queue.subarray(start, end), stride, width, values));
    start = end;
  }
  return components;
}

/** @param pixels indices into the padded plane, overwritten with indices into the plane */
function describe(
  pixels: Int32Array,
  stride: number,
  width: number,
  values: Float32Array,
): ConnectedComponent {
  let [left, top, right, bottom, mass] = [Infinity, Infinity, 0, 0, 0];
  for (let i = 0; i < pixels.length; i++) {
    const y = Math.floor(pixels[i]! / stride) - 1;
    const x = pixels[i]! - (y + 1) * stride - 1;
    pixels[i] = y * width + x;
    mass += values[y * width + x]!;
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
  }
  return { pixels, mass, box: { left, top, right, bottom } };
}

/** Sets a component's ink to 0, in place. */
export function removeComponent({ values }: Plane, { pixels }: ConnectedComponent): void {
  for (const pixel of pixels) values[pixel] = 0;
}

/** Fraction of the largest component's mass: a detached stroke has far more, a speck far less. */
const minMassFraction = 0.02;

/** In a clean drawing, specks nearer to the digit are kept; a fraction of the picture's longer side. */
const minSpeckDistance = 0.1;

/** A component of so few pixels may be dust. */
const maxDustPixels = 2;

/** More such components than this are dust; fewer may be dots of the drawing. */
const maxIntendedDots = 3;

/**
 * Removes specks from a plane of ink, in place.
 *
 * @param isClean whether the picture has no noise; a few dots near the digit are then kept as intended
 */
export function removeSmallComponents(
  ink: Plane,
  components: readonly ConnectedComponent[],
  isClean: boolean,
): void {
  if (components.length < 2) return;
  const largest = components.reduce((most, component) =>
    component.mass > most.mass ? component : most,
  );
  const minDistance = minSpeckDistance * Math.max(ink.width, ink.height);
  const isDust = ({ pixels }: ConnectedComponent) => pixels.length <= maxDustPixels;
  const isDusty = components.filter(isDust).length > maxIntendedDots;
  const specks = components.filter(
    component => component.mass < minMassFraction * largest.mass || (isDusty && isDust(component)),
  );
  for (const speck of specks) {
    const isIntended = isClean && !isDusty && boxDistance(speck.box, largest.box) < minDistance;
    if (!isIntended) removeComponent(ink, speck);
  }
}

/** Chebyshev distance between two boxes in pixels; 0 if they overlap. */
function boxDistance(one: Box, other: Box): number {
  const horizontal = Math.max(one.left - other.right, other.left - one.right);
  const vertical = Math.max(one.top - other.bottom, other.top - one.bottom);
  return Math.max(0, horizontal, vertical);
}
