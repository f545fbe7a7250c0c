// Renders small images as PNG in data URIs. The intensity is the alpha value, so that images work on light
// and dark backgrounds.

import { encode } from 'fast-png';
import { type Html, html } from './html.ts';

/** Red, green and blue, 0…255 each. */
export type Colour = readonly [number, number, number];

/** An image to show on a page. */
export interface PictureImage {
  /** in pixels; the height follows from the number of values */
  readonly width: number;
  /** [height, width] intensity, −1…1; negative values have a separate colour */
  readonly values: ArrayLike<number>;
  readonly positive: Colour;
  readonly negative: Colour;
  readonly description: string;
  /** CSS class of the element */
  readonly className: string;
}

/** Renders an `img` element with the PNG as a data URI. */
export function renderImage(picture: PictureImage): Html {
  const { width, values, positive, negative, description, className } = picture;
  const height = values.length / width;
  const data = new Uint8Array(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    data.set(value < 0 ? negative : positive, 4 * i);
    data[4 * i + 3] = Math.round(255 * Math.min(1, Math.abs(value)));
  }
  const png = encode({ width, height, channels: 4, depth: 8, data });
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return html`<img class="${className}" src="${source}" width="${width}" height="${height}" alt="${description}">`;
}
