// Drawn pictures as the network sees them. Blank ones stay, unlike in training: a digit that was lost
// on the way to the network must not be lost from the figures, too.

import type { LabelledPicture } from '../../data/prepare-samples.ts';
import { outlierLabel, type Samples } from '../../data/samples.ts';
import { inkBytes, networkInputs } from '../../preprocess/picture.ts';
import { preprocess } from '../../preprocess/preprocess.ts';

export function preparePictures(pictures: readonly LabelledPicture[]): Samples {
  const inputs = new Uint8Array(pictures.length * networkInputs);
  for (const [i, { picture }] of pictures.entries()) {
    const ink = preprocess(picture);
    if (ink) inputs.set(inkBytes(ink), i * networkInputs);
  }
  return {
    count: pictures.length,
    size: networkInputs,
    inputs,
    labels: Uint8Array.from(pictures, ({ label }) => label ?? outlierLabel),
  };
}
