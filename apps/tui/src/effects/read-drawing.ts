// Reads a file as a drawing: one that the app saved as it was, any other picture as the network sees it.

import { type Drawing, drawingOfPicture, fullInk } from '@digits/canvas';
import { AppError } from '../app-error.ts';
import type { Connection } from '../service/connection.ts';
import type { Store } from '../state/store.ts';

interface ReadOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  readonly signal: AbortSignal;
}

/**
 * Without a service, a PNG picture is scaled as a whole.
 *
 * @throws AppError of a picture or of the service
 */
export async function readDrawing(
  path: string,
  { store, connection, signal }: ReadOptions,
): Promise<Drawing> {
  const { decodePng, isPng, openPicture } = await import('../storage/open-picture.ts');
  const file = await openPicture(path);
  if (file.type === 'drawing') return file.drawing;
  // While the app looks for a service, the request waits for it.
  if (store.getState().service.status !== 'away') {
    const { seen, reason } = await connection.predict(file.bytes, { explain: true, signal });
    if (reason !== 'blank' && seen !== undefined) return drawingOfInput(seen);
    throw new AppError('picture-unreadable', 'The service found no drawing in this picture.');
  }
  if (isPng(file.bytes)) return decodePng(path, file.bytes);
  throw new AppError(
    'picture-unreadable',
    'JPEG and WebP pictures need a service, and none is available.',
  );
}

/** The service found the digit in the picture, scaled and cleaned it. @param seen ink, 0…1 */
function drawingOfInput(seen: readonly number[]): Drawing {
  return drawingOfPicture(Uint8Array.from(seen, ink => Math.round(ink * fullInk)));
}
