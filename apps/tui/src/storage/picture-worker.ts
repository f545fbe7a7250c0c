// The thread that decodes a picture; it gets the file's bytes and posts the drawing.

import { parentPort, workerData } from 'node:worker_threads';
import { rasterOfPng } from './png-raster.ts';

parentPort?.postMessage(rasterOfPng(Buffer.from(workerData as Uint8Array)));
