// Saves the drawing to a new file, completely or not at all: as a PNG, or as JSON with every stroke as
// it was drawn, from which a training learns more.

import { type Drawing, gesturesToJson } from '@digits/canvas';
import { writeAtomically } from '@digits/files';
import { AppError } from '../app-error.ts';
import { encodeDrawing } from './drawing-png.ts';
import { absolutePath, fileError, shownPath } from './picture-path.ts';

/**
 * @param typed a path; `.json` chooses the strokes, and `.png` is added to a name with neither ending
 * @returns the absolute path of the file
 * @throws AppError `picture-exists`, `picture-file`
 */
export async function savePicture(typed: string, drawing: Drawing): Promise<string> {
  const path = absolutePath(/\.(png|json)$/i.test(typed) ? typed : `${typed}.png`);
  try {
    await writeAtomically(path, contentOf(path, drawing), { replace: false });
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(path, error);
    throw new AppError('picture-exists', `${shownPath(path)} already exists; choose another name.`);
  }
}

function contentOf(path: string, { raster, gestures }: Drawing): Uint8Array | string {
  if (/\.png$/i.test(path)) return encodeDrawing(raster);
  return `${JSON.stringify(gesturesToJson(gestures))}\n`;
}
