// Background bands: several backgrounds side by side, from a shadow with a straight edge, a fold or an
// inverted stripe. If the picture's opposite edges agree in every column (or row) but columns differ from
// each other, each column gets its own background.

import { isTiny, minContrast, type WithBorderStats, withBorderStats } from '../border.ts';
import type { Plane } from '../picture.ts';

/** Grey levels by which opposite edges may differ and still agree. */
const maxDisagreement = 20;

/** Fraction of the columns that may disagree, because the digit or a speck touches their edge. */
const maxDisagreeingFraction = 0.1;

/**
 * Minimum widths of bands at the edges and between other bands, as fractions of the picture. A narrower
 * one is taken for a stroke from edge to edge.
 */
const minOuterWidth = 0.2;
const minInnerWidth = 0.4;

/**
 * Sets the background of every band to 0, with ink above it.
 *
 * @returns the same object if there are no bands
 */
export function levelBackgroundBands(input: WithBorderStats): WithBorderStats {
  // In a tiny picture, the strokes at opposite edges may agree by chance.
  if (input.border.isUniform || isTiny(input.plane)) return input;
  const { plane } = input;
  const { width, height, values } = plane;
  const columnEnds = (x: number) => [values[x]!, values[(height - 1) * width + x]!] as const;
  const rowEnds = (y: number) => [values[y * width]!, values[(y + 1) * width - 1]!] as const;
  const vertical = bandsOf(width, columnEnds);
  if (vertical) return withBorderStats(level(plane, (x, _y) => vertical[x]!));
  const horizontal = bandsOf(height, rowEnds);
  return horizontal ? withBorderStats(level(plane, (_x, y) => horizontal[y]!)) : input;
}

/** @returns [length] the background along one direction; undefined if there are no bands */
function bandsOf(
  length: number,
  endsOf: (i: number) => readonly [number, number],
): Float32Array | undefined {
  const backgrounds = new Float32Array(length);
  const starts = [0];
  let disagreeing = 0;
  let previous: number | undefined;
  for (let i = 0; i < length; i++) {
    const [one, other] = endsOf(i);
    const doAgree = Math.abs(one - other) <= maxDisagreement;
    if (!doAgree) disagreeing++;
    if (doAgree) {
      const background: number = (one + other) / 2;
      if (previous === undefined) backgrounds.fill(background, 0, i);
      else if (Math.abs(background - previous) >= minContrast) starts.push(i);
      previous = background;
    }
    // A column whose ends disagree belongs to the band before it.
    backgrounds[i] = previous ?? 0;
  }
  const isBanded =
    starts.length > 1 && disagreeing <= maxDisagreeingFraction * length && areWide(starts, length);
  return isBanded ? backgrounds : undefined;
}

function areWide(starts: readonly number[], length: number): boolean {
  return starts.every((start, band) => {
    const end = starts[band + 1] ?? length;
    const isOuter = band === 0 || band === starts.length - 1;
    return end - start >= (isOuter ? minOuterWidth : minInnerWidth) * length;
  });
}

/** 255 · |value − background| / largest possible difference, so that ink in a shadow is equally strong. */
function level(
  { width, height, values }: Plane,
  backgroundAt: (x: number, y: number) => number,
): Plane {
  const levelled = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const background = backgroundAt(x, y);
      const difference = values[y * width + x]! - background;
      const largest = difference < 0 ? background : 255 - background;
      levelled[y * width + x] = largest > 0 ? (255 * Math.abs(difference)) / largest : 0;
    }
  }
  return { width, height, values: levelled };
}
