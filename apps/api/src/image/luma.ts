// Colours → the light that they give.

import type { Picture } from '@digits/nn';

/**
 * Light as Rec. 601 weighs it, with the alpha channel where there is one.
 *
 * @param pixels 8 bits a channel, interleaved: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
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
      0.299 * pixels[from]! + 0.587 * pixels[from + 1]! + 0.114 * pixels[from + 2]!,
    );
    if (outChannels === 2) grey[to + 1] = pixels[from + 3]!;
  }
  return { channels: outChannels, data: grey };
}
