// Reads a PNG file as a drawing. The sizes of the file and of its picture are checked before memory is
// allocated for them; png-raster.ts decodes it.

import { Worker } from 'node:worker_threads';
import type { Raster } from '@digits/canvas';
import { FileReadError, readRegularFile } from '@digits/files';
import { AppError } from '../app-error.ts';
import { absolutePath, fileError } from './picture-path.ts';
import { pngSize } from './png-raster.ts';

/** A photograph of a page is smaller; a drawing of this app has a few hundred bytes. */
const maxFileBytes = 20 * 1024 * 1024;
const maxPixels = 16_000_000;

/** @throws AppError `picture-file`, `picture-too-large`, `picture-unreadable` */
export async function openPicture(typed: string): Promise<Raster> {
  const path = absolutePath(typed);
  const bytes = await readBounded(path);
  const size = pngSize(bytes);
  if (size === undefined) throw unreadable(path, undefined);
  const { width, height } = size;
  if (width * height > maxPixels) {
    throw new AppError(
      'picture-too-large',
      `${path} has ${width}×${height} pixels; at most ${maxPixels} can be opened.`,
    );
  }
  try {
    return await decodeInThread(bytes);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    return await readRegularFile(path, maxFileBytes);
  } catch (cause) {
    if (!(cause instanceof FileReadError && cause.code === 'file-too-large')) {
      throw fileError(path, cause);
    }
    const message = `${path} cannot be opened: ${cause.message}.`;
    throw new AppError('picture-too-large', message, { cause });
  }
}

/** Decoding a large picture takes seconds, in which the keys must be obeyed: a thread does it. */
function decodeInThread(bytes: Buffer): Promise<Raster> {
  // The bundle has the module beside it, under the same name.
  const module = `./picture-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
  const worker = new Worker(new URL(module, import.meta.url), { workerData: bytes });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`The thread ended with exit code ${code}.`)));
  });
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError('picture-unreadable', `${path} is not a readable PNG picture.`, {
    cause,
  });
}
