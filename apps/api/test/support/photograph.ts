// Renders photographs of a sheet of paper: a digit, uneven light, sensor noise.

import sharp from 'sharp';
import { type DrawnDigit, draw } from './drawing.ts';

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Position and size of the digit. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  /** The brightness as a fraction, for x and y in 0…1. */
  readonly light: (x: number, y: number) => number;
}

/** Grey levels in full light. */
const paper = 225;
const ink = 60;
const grain = 10;

/** @returns the raw pixels as a sharp pipeline, to be encoded */
export function photograph(digit: DrawnDigit, { width, height, left, top, side, light }: Scene) {
  const drawing = draw(digit, side);
  const pixels = new Uint8ClampedArray(width * height);
  let noise = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [inkX, inkY] = [x - left, y - top];
      const isOnDrawing = inkX >= 0 && inkX < side && inkY >= 0 && inkY < side;
      const coverage = isOnDrawing ? drawing.data[inkY * side + inkX]! / 255 : 0;
      // Numerical Recipes' quick generator, of which the high bits are used.
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const reflected = (paper - coverage * (paper - ink)) * light(x / width, y / height);
      pixels[y * width + x] = reflected + (noise / 2 ** 31 - 1) * grain;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}
