// Photographs → pictures of a size that still shows every stroke of a digit, and on which the steps
// after this one do not take a second.

import type { Picture } from './picture.ts';

/** Pixels on the longer side that are left alone. */
const mostSide = 1024;

/** The picture with the mean of a block for each pixel; the same picture where it is not too large. */
export function shrinkLarge(picture: Picture): Picture {
  const block = Math.ceil(Math.max(picture.width, picture.height) / mostSide);
  if (block === 1) return picture;
  const width = Math.ceil(picture.width / block);
  const height = Math.ceil(picture.height / block);
  const data = new Uint8Array(width * height * picture.channels);
  const meanOf = picture.channels === 1 ? meanOfGrey : meanOfGreyAlpha;
  for (let y = 0; y < height; y++) {
    const last = Math.min(picture.height, (y + 1) * block);
    for (let x = 0; x < width; x++) {
      const right = Math.min(picture.width, (x + 1) * block);
      const at = (y * width + x) * picture.channels;
      meanOf(data, at, picture, { left: x * block, right, top: y * block, bottom: last });
    }
  }
  return { width, height, channels: picture.channels, data };
}

/** Pixels from left and top up to right and bottom, which are no part of it. */
interface Block {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function meanOfGrey(to: Uint8Array, at: number, { width, data }: Picture, block: Block): void {
  const { left, right, top, bottom } = block;
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) sum += data[i]!;
  }
  to[at] = Math.round(sum / ((right - left) * (bottom - top)));
}

/** What can be seen through does not count. */
function meanOfGreyAlpha(to: Uint8Array, at: number, { width, data }: Picture, block: Block): void {
  const { left, right, top, bottom } = block;
  let light = 0;
  let opacity = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = 2 * (y * width + left); i < 2 * (y * width + right); i += 2) {
      light += data[i]! * data[i + 1]!;
      opacity += data[i + 1]!;
    }
  }
  to[at] = opacity === 0 ? 0 : Math.round(light / opacity);
  to[at + 1] = Math.round(opacity / ((right - left) * (bottom - top)));
}
