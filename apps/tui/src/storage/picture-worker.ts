// The thread that decodes a file; it gets the bytes and posts the drawing.

import { parentPort, workerData } from 'node:worker_threads';
import { type Drawing, drawingOfPicture, gesturesFromJson, replayGestures } from '@digits/canvas';
import { rasterOfPng } from './png-raster.ts';

export interface DrawingFile {
  /** Strokes are a document of `gesturesToJson`. */
  readonly type: 'png' | 'strokes';
  readonly bytes: Uint8Array;
}

function drawingOf({ type, bytes }: DrawingFile): Drawing {
  const file = Buffer.from(bytes);
  if (type === 'png') return drawingOfPicture(rasterOfPng(file));
  const gestures = gesturesFromJson(JSON.parse(file.toString()));
  return { raster: replayGestures(gestures), gestures };
}

parentPort?.postMessage(drawingOf(workerData as DrawingFile));
