// From any picture of a digit to the 784 values that the network sees, the way MNIST's own digits
// were made (LeCun, Bottou, Bengio and Haffner 1998, §III.A): fitted into 20×20 pixels keeping the
// aspect ratio, then placed in 28×28 by centre of mass. An MNIST image comes out as it went in.

import { inkBounds } from './bounds.ts';
import { fit } from './fit.ts';
import { flatten } from './flatten.ts';
import { extractInk } from './ink.ts';
import type { Picture } from './picture.ts';
import { placeByCentreOfMass } from './place.ts';
import { shrinkLarge } from './shrink.ts';
import { thickenThinStrokes } from './thin-strokes.ts';

/**
 * This function's name in a model file. It changes when a network that was trained before reads worse
 * for the change: MNIST's images come out the same, to the bit, whatever is learnt about photographs,
 * stuck pixels and enlarged pictures.
 */
export const preprocessing = 'mnist-fit/2';

/**
 * large pictures shrunk → grey, alpha over paper → blocks to pixels → frame off → stuck pixels off →
 * even light → polarity → specks off → crop → thin strokes thickened → fit 20×20 → centre of mass → 28×28
 *
 * @returns [784] ink in 0…1, row-major, a new array; null for a blank picture
 * @throws RangeError when the data is not width · height · channels bytes, or there are none
 */
export function preprocess(picture: Picture): Float32Array | null {
  const { width, height, channels, data } = picture;
  if (!(width > 0 && height > 0) || data.length !== width * height * channels) {
    throw new RangeError(
      `a picture of ${width}×${height} with ${channels} channels holds ${data.length} bytes`,
    );
  }
  const ink = extractInk(flatten(shrinkLarge(picture)));
  const box = ink && inkBounds(ink);
  return box && placeByCentreOfMass(fit(thickenThinStrokes(ink, box)));
}
