// Which way round a picture is: dark ink on light paper, or light ink on dark.

import type { Plane } from './picture.ts';

export interface Polarity {
  /** 1: the ink is lighter than the background; −1: darker */
  readonly sign: 1 | -1;
  /** how far the ink differs from the background at most, in grey levels */
  readonly contrast: number;
}

/** More of a picture than this is no ink, if the other side shows some: it is light or shadow. */
const mostInk = 0.3;

/** Ink that stands out so many times as much as what weighs more is the ink all the same… */
const muchStronger = 2;

/** …if there is so much of it at least, as a share of the picture: not a few stray pixels. */
const leastInk = 0.005;

/** What stands out by this share of the strongest, on its own side, counts as strong. */
const strongShare = 0.5;

/**
 * The ink is what weighs more, summed over the picture; unless it is a large area, or faint, and there
 * is something smaller on the other side that stands out as much, or more: then it is a part of the
 * sheet in another light, or a stain.
 */
export function findPolarity({ values }: Plane, background: number): Polarity {
  let sum = 0;
  let highest = 0;
  let lowest = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - background;
    sum += difference;
    if (difference > highest) highest = difference;
    if (difference < lowest) lowest = difference;
  }
  const light: Polarity = { sign: 1, contrast: highest };
  const dark: Polarity = { sign: -1, contrast: -lowest };
  const [heavier, other] = sum >= 0 ? [light, dark] : [dark, light];
  if (other.contrast < strongShare * heavier.contrast) return heavier;
  if (strongArea(values, background, heavier) > mostInk) return other;
  const isMuchStronger =
    other.contrast > muchStronger * heavier.contrast &&
    strongArea(values, background, other) > leastInk;
  return isMuchStronger ? other : heavier;
}

/** Share of the picture that differs from the background by at least half of the contrast. */
function strongArea(
  values: Float32Array,
  background: number,
  { sign, contrast }: Polarity,
): number {
  let strong = 0;
  for (let i = 0; i < values.length; i++) {
    if (sign * (values[i]! - background) >= strongShare * contrast) strong++;
  }
  return strong / values.length;
}
