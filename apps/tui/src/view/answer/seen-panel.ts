// What the network saw: the drawing cropped, scaled and centred by the preprocessing. Its panel says so
// until there is one.

import { blankRaster, canvasPixelCount, canvasSide, type Raster } from '@digits/canvas';
import type { Prediction } from '@digits/client';
import { insideOf, panelRows } from '@digits/screen';
import { inkPictureRows } from '../canvas/ink-picture.ts';
import { pictureRows } from '../canvas/picture-rows.ts';
import type { DisplayStyle } from '../display-style.ts';
import type { Area } from '../layout.ts';
import { centred } from '../text/blocks.ts';
import type { Answer } from './answer.ts';

const explanation: readonly string[] = ['Your drawing, cropped,', 'scaled and centred.'];

/** The picture in the middle; the panel is hardly larger, so it may reach into the margins. */
export function seenPanel({ prediction, isStale, style }: Answer, area: Area): string[] {
  const inside = insideOf(area);
  const seen = prediction?.seen;
  const form = inside.rows >= canvasSide ? 'wide' : 'half';
  const raster = seen === undefined ? blankRaster() : rasterOfSeen(seen);
  const picture = pictureRows(
    { raster, prompt: seen === undefined ? explanation : [] },
    form,
    style,
  );
  const columns = form === 'wide' ? 2 * canvasSide : canvasSide;
  const rows = centred(picture, columns, inside);
  const bottomRight = isStale ? 'outdated' : '';
  return panelRows({ title: 'What the network saw', bottomRight, rows }, area, style);
}

/** At half of its size, for a window without a place for the panel. */
export function smallSeenRows(prediction: Prediction | undefined, style: DisplayStyle): string[] {
  const seen = prediction?.seen;
  return inkPictureRows(seen === undefined ? [] : rasterOfSeen(seen), 2, style);
}

function rasterOfSeen(seen: readonly number[]): Raster {
  return Uint8Array.from({ length: canvasPixelCount }, (_, index) => 255 * (seen[index] ?? 0));
}
