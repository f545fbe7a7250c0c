// The corruptions of MNIST-C (Mu and Gilmer 2019, "MNIST-C: A Robustness Benchmark for Computer
// Vision", arXiv 1906.02337), implemented from the paper and the parameters published with it. Two of
// its fifteen are left out because no drawing resembles them: fog and Canny edges.

import { rotate, scale, shear, translate } from './affine.ts';
import { glassBlur, motionBlur } from './blurs.ts';
import type { Corruption } from './corruption.ts';
import { brightness, impulseNoise, shotNoise, stripe } from './intensity.ts';
import { dottedLine, zigzag } from './lines.ts';
import { spatter } from './spatter.ts';

/** By name, in the paper's order. */
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
