// The corruption spatter: grey blots that cover parts of the digit.

import { type Corruption, imageOf, side } from './corruption.ts';
import { gaussianBlur } from './gaussian.ts';

/** MNIST-C's severity 4. */
const blots = {
  mean: 0.65,
  deviation: 0.3,
  /** sigma of the blur that makes blots from noise, in pixels */
  noiseSigma: 1,
  /** blurred noise above this value becomes a blot */
  threshold: 0.65,
  /** sigma of the blur that softens the blots' edges, in pixels */
  edgeSigma: 1.5,
  /** lower coverage is set to 0 */
  minCoverage: 0.8,
  greyValue: 63,
} as const;

/** Blends grey blots over the image. */
export const spatter: Corruption = (image, random) => {
  const noise = Float64Array.from(
    { length: side * side },
    () => blots.mean + blots.deviation * random.normal(),
  );
  const mask = gaussianBlur(noise, blots.noiseSigma).map(value =>
    value > blots.threshold ? 1 : 0,
  );
  const coverage = gaussianBlur(mask, blots.edgeSigma).map(value =>
    value < blots.minCoverage ? 0 : value,
  );
  return imageOf((x, y) => {
    const i = y * side + x;
    return image[i]! * (1 - coverage[i]!) + blots.greyValue * coverage[i]!;
  });
};
