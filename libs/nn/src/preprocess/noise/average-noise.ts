// Averages strong noise by reducing the resolution of large pictures: a thin pencil stroke that is hardly
// stronger than single pixels of noise would be lost among them.

import { type WithBorderStats, withBorderStats } from '../border.ts';
import { fit } from '../fit-and-centre.ts';
import { findPolarity } from '../polarity.ts';

/** Minimum longer side after a reduction: the digit, a third of it or more, must still be 20 pixels high. */
const minSidePixels = 64;

/** Contrast from which noise is weak, in median absolute deviations: docs/experiments.md compares 8 to 16. */
const sufficientContrast = 10;

/**
 * Halves the resolution until the noise is weak or the picture small.
 *
 * @returns the input's plane and border if that is so already
 */
export function averageNoise({ plane, border }: WithBorderStats): WithBorderStats {
  const { width, height } = plane;
  const half = Math.round(Math.max(width, height) / 2);
  if (border.deviation === 0 || half < minSidePixels) return { plane, border };
  const { contrast } = findPolarity(plane, border.background);
  if (contrast >= sufficientContrast * border.deviation) return { plane, border };
  const whole = { left: 0, top: 0, right: width, bottom: height };
  return averageNoise(withBorderStats(fit({ plane, box: whole }, half)));
}
