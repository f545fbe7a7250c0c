// Sheets in two lights: a shadow with a straight edge, a fold, a stripe turned from black to white.
// Where the upper and the lower edge of a picture say the same of every column, but not of all of
// them the same, each column has a background of its own; and so for rows.

import { type Lit, leastContrast, withBorder } from './border.ts';
import type { Plane } from './picture.ts';

/** Opposite edges that say the same differ by no more. */
const mostDifference = 20;

/** Share of the columns that may disagree: the digit or a grain lies on their edge. */
const mostOdd = 0.1;

/**
 * Bands are so wide at least, as a share of the picture, where they end at its edge, and between two
 * others: anything narrower there is a stroke that reaches from one edge to the other.
 */
const leastOuter = 0.2;
const leastInner = 0.4;

/** The picture with every band's background brought to 0 and its ink above; or the same picture. */
export function levelBands(lit: Lit): Lit {
  const { light } = lit;
  const { width, height, values } = light;
  const rows = (x: number) => [values[x]!, values[(height - 1) * width + x]!] as const;
  const columns = (y: number) => [values[y * width]!, values[(y + 1) * width - 1]!] as const;
  const vertical = bandsOf(width, rows);
  if (vertical) return withBorder(subtract(light, (x, _y) => vertical[x]!));
  const horizontal = bandsOf(height, columns);
  return horizontal ? withBorder(subtract(light, (_x, y) => horizontal[y]!)) : lit;
}

/** The background along one direction; null where there are no bands. */
function bandsOf(
  length: number,
  edges: (i: number) => readonly [number, number],
): Float32Array | null {
  const backgrounds = new Float32Array(length);
  const starts = [0];
  let odd = 0;
  let before: number | null = null;
  for (let i = 0; i < length; i++) {
    const [one, other] = edges(i);
    const doAgree = Math.abs(one - other) <= mostDifference;
    if (!doAgree) odd++;
    if (doAgree) {
      const background: number = (one + other) / 2;
      if (before === null) backgrounds.fill(background, 0, i);
      else if (Math.abs(background - before) >= leastContrast) starts.push(i);
      before = background;
    }
    // A column that disagrees is taken for one more of the band before it.
    backgrounds[i] = before ?? 0;
  }
  const isBanded = starts.length > 1 && odd <= mostOdd * length && areWide(starts, length);
  return isBanded ? backgrounds : null;
}

function areWide(starts: readonly number[], length: number): boolean {
  return starts.every((start, band) => {
    const end = starts[band + 1] ?? length;
    const isOuter = band === 0 || band === starts.length - 1;
    return end - start >= (isOuter ? leastOuter : leastInner) * length;
  });
}

/** What differs from the background, as a share of how far it can: ink in a shadow is no fainter. */
function subtract({ width, height, values }: Plane, at: (x: number, y: number) => number): Plane {
  const levelled = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const background = at(x, y);
      const difference = values[y * width + x]! - background;
      const most = difference < 0 ? background : 255 - background;
      levelled[y * width + x] = most > 0 ? (255 * Math.abs(difference)) / most : 0;
    }
  }
  return { width, height, values: levelled };
}
