// Writes the drawing to a file, whole or not at all, and never over another file: as a PNG, or as
// JSON with every stroke as it was drawn, which a training can learn more from.

import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Drawing, gesturesToJson } from '@digits/canvas';
import { AppError, isAppError } from '../app-error.ts';
import { encodeDrawing } from './drawing-png.ts';
import { absolutePath, fileError } from './picture-path.ts';

/**
 * @param typed a path; `.json` chooses the strokes, and `.png` is added where neither stands
 * @returns the absolute path of the file.
 * @throws AppError picture-exists, picture-file
 */
export async function savePicture(typed: string, drawing: Drawing): Promise<string> {
  const path = absolutePath(/\.(png|json)$/i.test(typed) ? typed : `${typed}.png`);
  const beside = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFlushed(beside, contentOf(path, drawing));
    await renameWithoutOverwriting(beside, path);
    return path;
  } catch (error) {
    throw isAppError(error, 'picture') ? error : fileError(path, error);
  } finally {
    await rm(beside, { force: true }).catch(() => {});
  }
}

function contentOf(path: string, { raster, gestures }: Drawing): Uint8Array | string {
  if (/\.png$/i.test(path)) return encodeDrawing(raster);
  return `${JSON.stringify(gesturesToJson(gestures))}\n`;
}

async function writeFlushed(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A link fails where the name is taken, so that nothing is overwritten, whoever is quicker. */
async function renameWithoutOverwriting(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || (await exists(path))) {
      throw new AppError('picture-exists', `${path} is there already: choose another name.`);
    }
    // Some file systems have no links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    await rename(beside, path);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
