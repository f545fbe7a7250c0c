// The corruptions of MNIST-C (Mu and Gilmer 2019, "MNIST-C: A Robustness Benchmark for Computer
// Vision", arXiv 1906.02337), implemented from the paper and the parameters published with it. Two of
// its fifteen, fog and Canny edges, are left out because they do not occur in drawings.

import { rotate, scale, shear, translate } from './affine.ts';
import { glassBlur, motionBlur } from './blurs.ts';
import type { Corruption } from './corruption.ts';
import { brightness, impulseNoise, shotNoise, stripe } from './intensity.ts';
import { dottedLine, zigzag } from './lines.ts';
import { spatter } from './spatter.ts';

/** All corruptions by name, in the order of the paper. */
export const corruptions: Readonly<Record<string, Corruption>> = {
  'shot noise': shotNoise,
  'impulse noise': impulseNoise,
  'glass blur': glassBlur,
  'motion blur': motionBlur,
  shear,
  scale,
  rotate,
  brightness,
  translate,
  stripe,
  spatter,
  'dotted line': dottedLine,
  zigzag,
};
