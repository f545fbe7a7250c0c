// Faint ink that is none: the lines of ruled paper, a shadow with a sharp edge, what shows through
// from the other side. Where there is much of it, it stays only close to strong ink, whose edge it
// may be: thresholding with hysteresis, as for edges in Canny 1986.

import type { Plane } from './picture.ts';

/** As shares of the darkest. */
const strong = 0.5;
const faint = 0.45;

/** So far from strong ink there is no edge of it, however blurred; as a share of the longer side. */
const blurReach = 1 / 16;

/** Faint ink out there that is more than this share of the strong ink was not left by a pen. */
const mostFar = 0.25;

/** How far an edge reaches from strong ink once it is known that the rest is none. */
const edgeReach = 1 / 64;

/** In place. */
export function removeFaint(ink: Plane): void {
  const { values } = ink;
  let strongCount = 0;
  let faintCount = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! >= strong) strongCount++;
    else if (values[i]! > 0 && values[i]! < faint) faintCount++;
  }
  if (faintCount <= mostFar * strongCount) return;
  const isNear = nearStrongInk(ink, blurReach);
  let far = 0;
  for (let i = 0; i < values.length; i++) if (isFaint(values[i]!) && isNear[i] === 0) far++;
  if (far <= mostFar * strongCount) return;
  const isEdge = nearStrongInk(ink, edgeReach);
  for (let i = 0; i < values.length; i++) if (isFaint(values[i]!) && isEdge[i] === 0) values[i] = 0;
}

function isFaint(value: number): boolean {
  return value > 0 && value < faint;
}

/** 1 where strong ink lies within a square of the reach, which is a share of the longer side. */
function nearStrongInk({ width, height, values }: Plane, share: number): Uint8Array {
  const reach = Math.max(1, Math.round(share * Math.max(width, height)));
  const isNear = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) isNear[i] = values[i]! >= strong ? 1 : 0;
  for (let y = 0; y < height; y++) spread(isNear, y * width, 1, width, reach);
  for (let x = 0; x < width; x++) spread(isNear, x, width, height, reach);
  return isNear;
}

/** Marks what lies within the reach of a mark along one line, both ways, in place. */
function spread(marks: Uint8Array, first: number, stride: number, count: number, reach: number) {
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
