// Entries for tests, distinguished by the time of the drawing.

import { blankRaster } from '@digits/canvas';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';

const png = encodeDrawing(blankRaster());

export function entryOf(drawnAt: number): OutboxEntry {
  return { png: png, label: drawnAt % 10, source: 'correction', drawnAt };
}
