// Converts colour pixels to luma: one brightness per pixel, with the alpha channel kept.

import type { Picture } from '@digits/nn';

/** Weights of red, green and blue: ITU-R BT.601, section 2.5.1. */
const [redWeight, greenWeight, blueWeight] = [0.299, 0.587, 0.114];

/**
 * Luma of 8-bit pixels. Grey pixels are returned as they are, not copied.
 *
 * @param pixels interleaved channels: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
 * @returns 1 channel, or 2 where there is alpha
 */
export function toLuma(
  pixels: Uint8Array,
  channels: 1 | 2 | 3 | 4,
): Pick<Picture, 'channels' | 'data'> {
  if (channels <= 2) return { channels: channels as 1 | 2, data: pixels };
  const outChannels = channels === 4 ? 2 : 1;
  const grey = new Uint8Array((pixels.length / channels) * outChannels);
  for (let from = 0, to = 0; to < grey.length; from += channels, to += outChannels) {
    grey[to] = Math.round(
      redWeight * pixels[from]! + greenWeight * pixels[from + 1]! + blueWeight * pixels[from + 2]!,
    );
    if (outChannels === 2) grey[to + 1] = pixels[from + 3]!;
  }
  return { channels: outChannels, data: grey };
}
