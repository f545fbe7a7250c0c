// Hysteresis threshold on ink, as for edges in Canny 1986. In a picture with much faint ink (ruled lines,
// the edge of a shadow, print showing through the sheet), faint ink is kept only near strong ink, where
// it may be the soft edge of a stroke.

import type { BorderStats } from './border.ts';
import { raisePaleStrokes, strongInk } from './pale-strokes.ts';
import type { Plane } from './picture.ts';

/** Ink below is faint, 0…1; ink between it and `strongInk` is always kept. */
const faintInk = 0.45;

/** With fewer faint pixels for each strong one, nothing is removed or raised. */
const minFaintFraction = 0.1;

/** Maximum distance of a blurred stroke's edge from strong ink, as a fraction of the longer side. */
const maxBlur = 1 / 16;

/** Faint ink beyond `maxBlur` is removed if it has more than this fraction of the strong ink's pixels. */
const maxFarFraction = 0.25;

/** Distance from strong ink within which faint ink is then kept, as a fraction of the longer side. */
const edgeReach = 1 / 64;

/** Smaller pictures with a uniform border are drawings, which have no background to remove. */
const smallSidePixels = 64;

/**
 * Sets faint ink far from strong ink to 0, unless it continues strong ink, in place; small clean drawings
 * do not change.
 */
export function applyHysteresisThreshold(ink: Plane, { isUniform }: BorderStats): void {
  if (isUniform && Math.max(ink.width, ink.height) < smallSidePixels) return;
  const { values } = ink;
  let strong = 0;
  let faint = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! >= strongInk) strong++;
    else if (isFaint(values[i]!)) faint++;
  }
  if (faint <= minFaintFraction * strong) return;
  const isNear = nearStrongInk(ink, maxBlur);
  const pale = raisePaleStrokes(ink, isNear);
  let far = 0;
  for (let i = 0; i < values.length; i++) if (isFaint(values[i]!) && isNear[i] === 0) far++;
  if (far <= maxFarFraction * strong) return;
  const isEdge = nearStrongInk(ink, edgeReach);
  for (const pixel of pale) isEdge[pixel] = 1;
  for (let i = 0; i < values.length; i++) if (isFaint(values[i]!) && isEdge[i] === 0) values[i] = 0;
}

function isFaint(value: number): boolean {
  return value > 0 && value < faintInk;
}

/**
 * Dilates the strong ink by a square.
 *
 * @param reach as a fraction of the longer side
 * @returns [height, width] 1 near strong ink, otherwise 0
 */
function nearStrongInk({ width, height, values }: Plane, reach: number): Uint8Array {
  const reachPixels = Math.max(1, Math.round(reach * Math.max(width, height)));
  const isNear = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) isNear[i] = values[i]! >= strongInk ? 1 : 0;
  for (let y = 0; y < height; y++) {
    dilateLine(isNear, { first: y * width, stride: 1, count: width }, reachPixels);
  }
  for (let x = 0; x < width; x++) {
    dilateLine(isNear, { first: x, stride: width, count: height }, reachPixels);
  }
  return isNear;
}

/** A row or column of a plane, as indices. */
interface Line {
  readonly first: number;
  readonly stride: number;
  readonly count: number;
}

/** Marks everything within `reach` of a mark along one line, in place. */
function dilateLine(marks: Uint8Array, { first, stride, count }: Line, reach: number): void {
  const last = first + (count - 1) * stride;
  const original = new Uint8Array(count);
  for (let i = 0; i < count; i++) original[i] = marks[first + i * stride]!;
  let [forwards, backwards] = [-1, -1];
  for (let i = 0; i < count; i++) {
    forwards = original[i] === 1 ? reach : forwards - 1;
    backwards = original[count - 1 - i] === 1 ? reach : backwards - 1;
    if (forwards >= 0) marks[first + i * stride] = 1;
    if (backwards >= 0) marks[last - i * stride] = 1;
  }
}
