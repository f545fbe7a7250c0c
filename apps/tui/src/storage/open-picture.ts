// Reads a file as a drawing: the strokes or the picture that the app saved. Of any other picture it gives
// the bytes, which the service understands. Sizes are checked before memory is allocated for them.

import { Worker } from 'node:worker_threads';
import { canvasSide, type Drawing } from '@digits/canvas';
import { FileReadError, readRegularFile } from '@digits/files';
import { AppError } from '../app-error.ts';
import { absolutePath, fileError, shownPath } from './picture-path.ts';
import type { DrawingFile } from './picture-worker.ts';
import { pngSize } from './png-size.ts';

export type OpenedFile =
  | { readonly type: 'drawing'; readonly drawing: Drawing }
  /** A PNG, JPEG or WebP file. */
  | { readonly type: 'picture'; readonly bytes: Buffer };

/** A photograph of a page is smaller; a drawing of this app has a few hundred bytes. */
const maxFileBytes = 20 * 1024 * 1024;
const maxPixels = 16_000_000;

/** The greatest number of points, with all digits that a number has. */
const maxStrokesBytes = 8 * 1024 * 1024;

/** A PNG of 16 million pixels takes a few seconds, and so do the most points of the widest brush. */
const maxDecodeMs = 20_000;

/** Parsed numbers and lists take several times the space of their text. */
const maxWorkerHeapMegabytes = 256;

/** @throws AppError `picture-file`, `picture-too-large`, `picture-unreadable` */
export async function openPicture(typed: string): Promise<OpenedFile> {
  const path = absolutePath(typed);
  const bytes = await readBounded(path);
  if (/^\s*\{/.test(bytes.toString('latin1', 0, 100))) {
    if (bytes.length > maxStrokesBytes) throw tooLong(path);
    return { type: 'drawing', drawing: await decode(path, { type: 'strokes', bytes }) };
  }
  const size = pngSize(bytes);
  if (size?.width === canvasSide && size.height === canvasSide) {
    return { type: 'drawing', drawing: await decodePng(typed, bytes) };
  }
  if (size !== undefined || isJpeg(bytes) || isWebp(bytes)) return { type: 'picture', bytes };
  throw /\.json$/i.test(path) ? noStrokes(path, undefined) : unreadable(path, undefined);
}

/** Scales a PNG picture of any size to a drawing. @throws as `openPicture` */
export async function decodePng(typed: string, bytes: Buffer): Promise<Drawing> {
  const path = absolutePath(typed);
  const { width, height } = pngSize(bytes) ?? {};
  if (width === undefined || height === undefined) throw unreadable(path, undefined);
  if (width * height > maxPixels) {
    throw new AppError(
      'picture-too-large',
      `${shownPath(path)} has ${width}×${height} pixels; at most ${maxPixels} can be opened.`,
    );
  }
  return decode(path, { type: 'png', bytes });
}

async function readBounded(path: string): Promise<Buffer> {
  try {
    return await readRegularFile(path, maxFileBytes);
  } catch (cause) {
    if (!(cause instanceof FileReadError && cause.code === 'file-too-large')) {
      throw fileError(path, cause);
    }
    const message = `${shownPath(path)} cannot be opened: ${cause.message}.`;
    throw new AppError('picture-too-large', message, { cause });
  }
}

/** Decoding a large file takes seconds, in which the keys must be obeyed: a thread does it. */
async function decode(path: string, file: DrawingFile): Promise<Drawing> {
  // The bundle has the module beside it, under the same name.
  const module = `./picture-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
  const worker = new Worker(new URL(module, import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: maxWorkerHeapMegabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(tooLong(path)), maxDecodeMs);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', code => reject(new Error(`The thread ended with exit code ${code}.`)));
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw file.type === 'png' ? unreadable(path, cause) : noStrokes(path, cause);
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}

export function isPng(bytes: Buffer): boolean {
  return pngSize(bytes) !== undefined;
}

function isJpeg(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 3) === '\xff\xd8\xff';
}

function isWebp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
}

function tooLong(path: string): AppError {
  return new AppError('picture-too-large', `${shownPath(path)} is too long to be opened.`);
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError(
    'picture-unreadable',
    `${shownPath(path)} is not a readable PNG, JPEG or WebP picture.`,
    {
      cause,
    },
  );
}

function noStrokes(path: string, cause: unknown): AppError {
  return new AppError(
    'picture-unreadable',
    `${shownPath(path)} does not contain strokes of this app.`,
    {
      cause,
    },
  );
}
