// Mud on the picture: grey blots, which cover the digit where they are thick enough.

import { type Corruption, imageOf, side } from './corruption.ts';
import { gaussianBlur } from './gaussian.ts';

/** MNIST-C's severity 4. */
const mud = {
  mean: 0.65,
  deviation: 0.3,
  /** of the blur that makes noise into blots, in pixels */
  grain: 1,
  /** where there is mud */
  threshold: 0.65,
  /** of the blur that thins the blots at their edges, in pixels */
  edge: 1.5,
  /** what is thinner leaves no trace */
  thinnest: 0.8,
  light: 63,
} as const;

export const spatter: Corruption = (picture, random) => {
  const noise = Float64Array.from(
    { length: side * side },
    () => mud.mean + mud.deviation * random.normal(),
  );
  const blots = gaussianBlur(noise, mud.grain).map(value => (value > mud.threshold ? 1 : 0));
  const cover = gaussianBlur(blots, mud.edge).map(value => (value < mud.thinnest ? 0 : value));
  return imageOf((x, y) => {
    const i = y * side + x;
    return picture[i]! * (1 - cover[i]!) + mud.light * cover[i]!;
  });
};
