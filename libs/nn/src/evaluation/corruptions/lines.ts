// Corruptions by bright lines across the digit: a dotted line and a zigzag.

import { type Corruption, imageOf, side } from './corruption.ts';

/** Distance from a line's centre at which it has faded to 0, in rows. */
const fadeDistance = 2.3;

/** Number of rows in which a line may begin and end: all but the last, as in the published code. */
const startRows = side - 1;

/** Adds a dotted line from the left edge to the right edge, two columns on and two off. */
export const dottedLine: Corruption = (image, random) => {
  const [from, to] = [random.below(startRows), random.below(startRows)];
  const line = lineIntensity([0, from], [side - 1, to]);
  return imageOf((x, y) => {
    const isGap = Math.floor(x / 2) % 2 === 0;
    return image[y * side + x]! + (isGap ? 0 : 255 * line(x, y));
  });
};

/** First and last column, largest rise in rows, and size of a tooth in pixels. */
const zigzagShape = { left: 2, right: 25, rise: 5, tooth: 2 } as const;

/** Adds a zigzag line with teeth four pixels wide and two pixels high on each side. */
export const zigzag: Corruption = (image, random) => {
  const { left, right, rise, tooth } = zigzagShape;
  const from = random.below(startRows);
  const angle = Math.atan((random.below(2 * rise) - rise) / (right - left));
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const length = (right - left) / cos;
  const tips = [[0, 0]];
  for (let i = 0; (2 * i + 1) * tooth < length; i++) {
    tips.push([(2 * i + 1) * tooth, i % 2 === 0 ? tooth : -tooth]);
  }
  tips.push([length, 0]);
  const corners = tips.map(
    ([x, y]): Corner => [left + cos * x! - sin * y!, from + sin * x! + cos * y!],
  );
  const lines = corners.slice(1).map((corner, i) => lineIntensity(corners[i]!, corner));
  return imageOf(
    (x, y) => image[y * side + x]! + 255 * lines.reduce((sum, line) => sum + line(x, y), 0),
  );
};

type Corner = readonly [x: number, y: number];

/**
 * Intensity of a line from left to right, 0…1: 1 + ln(1 − distance / 2.3) with the distance in rows, 0
 * outside of the line's columns.
 */
function lineIntensity([x0, y0]: Corner, [x1, y1]: Corner): (x: number, y: number) => number {
  const slope = (y1 - y0) / (x1 - x0);
  return (x, y) => {
    if (x < Math.floor(x0) || x >= Math.ceil(x1)) return 0;
    const distance = Math.abs(y - y0 - slope * (x - x0));
    return distance >= fadeDistance ? 0 : Math.max(0, 1 + Math.log(1 - distance / fadeDistance));
  };
}
