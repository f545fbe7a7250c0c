// Converts colour pixels to grey: one brightness per pixel, with the alpha channel kept.

import type { Picture } from '@digits/nn';
import { chooseGreyWeights } from './grey-weights.ts';

/** A picture of 8-bit pixels with interleaved channels. */
export interface DecodedPixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 2: grey and alpha; 3: RGB; 4: RGBA */
  readonly channels: 1 | 2 | 3 | 4;
  readonly pixels: Uint8Array;
}

/** Grey pixels are returned as they are, not copied. @returns 1 channel, or 2 where there is alpha */
export function toGrey({ width, height, channels, pixels }: DecodedPixels): Picture {
  if (channels === 1 || channels === 2) return { width, height, channels, data: pixels };
  const { weights, offset } = chooseGreyWeights({ width, channels, pixels });
  const [red, green, blue] = weights;
  const outChannels = channels === 4 ? 2 : 1;
  const grey = new Uint8Array((pixels.length / channels) * outChannels);
  for (let from = 0, to = 0; to < grey.length; from += channels, to += outChannels) {
    grey[to] = Math.round(
      offset + red * pixels[from]! + green * pixels[from + 1]! + blue * pixels[from + 2]!,
    );
    if (outChannels === 2) grey[to + 1] = pixels[from + 3]!;
  }
  return { width, height, channels: outChannels, data: grey };
}
