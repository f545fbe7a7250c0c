// Light → ink: which way round the picture is, how much of it is noise, and how dark its ink.
import { measureBorder } from './border.ts';
import { evenLight } from './even-light.ts';
import type { Plane } from './picture.ts';
import { removeSpecks } from './specks.ts';

/** Contrast in grey levels below which a picture counts as blank: a tenth of the range. */
const minContrast = 25.5;

/** Noise reaches this many median deviations; what is fainter is background (about 2.7 σ). */
const noiseReach = 4;

/** The faintest ink in a noisy picture, as a share of the darkest: edges of JPEG blocks are below. */
const minInkInNoise = 0.1;

/**
 * The picture as ink in 0…1, 0 where there is none and 1 where it is darkest, whether it was dark
 * on light or light on dark. The background is the median of the picture's border, in even light;
 * a border that is perfectly even is taken as free of noise, so that the faint edges of a clean
 * drawing stay.
 *
 * @returns null when nothing stands out: a blank picture
 */
export function extractInk(picture: Plane): Plane | null {
  const measured = measureBorder(picture);
  const isEven = measured.deviation === 0;
  const { light, border } = isEven
    ? { light: picture, border: measured }
    : evenLight(picture, measured);
  const { background, deviation } = border;
  const { values } = light;
  let sum = 0;
  let highest = 0;
  let lowest = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = values[i]! - background;
    sum += difference;
    highest = Math.max(highest, difference);
    lowest = Math.min(lowest, difference);
  }
  const polarity = sum >= 0 ? 1 : -1;
  const contrast = polarity > 0 ? highest : -lowest;
  const noise = noiseReach * deviation;
  if (contrast < Math.max(minContrast, noise)) return null;

  const floor = deviation === 0 ? 0 : Math.max(noise / contrast, minInkInNoise);
  const ink = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const share = (polarity * (values[i]! - background)) / contrast;
    ink[i] = share > floor ? share : 0;
  }
  const plane = { ...light, values: ink };
  if (deviation > 0) removeSpecks(plane);
  return plane;
}
