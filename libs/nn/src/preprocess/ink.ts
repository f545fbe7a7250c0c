// Light → ink: which way round the picture is, how much of it is noise, and how dark its ink.
import type { Plane } from './picture.ts';

/** Contrast in grey levels below which a picture counts as blank: a tenth of the range. */
const minContrast = 25.5;

/** Noise reaches this many median deviations; what is fainter is background (about 2.7 σ). */
const noiseReach = 4;

/** The faintest ink in a noisy picture, as a share of the darkest: edges of JPEG blocks are below. */
const minInkInNoise = 0.1;

/**
 * The picture as ink in 0…1, 0 where there is none and 1 where it is darkest, whether it was dark
 * on light or light on dark. The background is the median of the picture's border; a border that
 * is perfectly even is taken as free of noise, so that the faint edges of a clean drawing stay.
 *
 * @returns null when nothing stands out: a blank picture
 */
export function extractInk(light: Plane): Plane | null {
  const { background, deviation } = measureBorder(light);
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
  return { ...light, values: ink };
}

/** Median of the outermost pixels, and the median of their distances from it, in grey levels. */
function measureBorder({ width, height, values }: Plane): {
  background: number;
  deviation: number;
} {
  const border: number[] = [];
  for (let x = 0; x < width; x++) border.push(values[x]!, values[(height - 1) * width + x]!);
  for (let y = 1; y < height - 1; y++)
    border.push(values[y * width]!, values[(y + 1) * width - 1]!);
  const background = median(border);
  return { background, deviation: median(border.map(value => Math.abs(value - background))) };
}

function median(values: number[]): number {
  return Float32Array.from(values).sort()[values.length >> 1]!;
}
