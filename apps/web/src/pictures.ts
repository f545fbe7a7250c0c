// Pictures from elsewhere: chosen, dropped, pasted or taken with the camera.

import { drawingOfPicture, fullInk } from '@digits/canvas';
import { imageContentTypes } from '@digits/protocol/constants';
import { type Service, ServiceError } from './service.ts';
import { drawn, rasterOf, type State } from './state.ts';
import type { Store } from './store.ts';

/** A larger file is made smaller: a network sees 28×28 pixels, and the way to the service may be slow. */
const maxFileBytes = 2 * 1024 * 1024;
const maxSide = 1600;

/**
 * @returns the file, or what it shows as a JPEG picture if it is large or of a kind that the service does
 *   not know; undefined if the browser does not know it either
 */
async function preparedPicture(file: Blob): Promise<Blob | undefined> {
  const isKnown = (imageContentTypes as readonly string[]).includes(file.type);
  if (isKnown && file.size <= maxFileBytes) return file;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    // JPEG has no transparency.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return await new Promise(resolve =>
      canvas.toBlob(blob => resolve(blob ?? undefined), 'image/jpeg', 0.9),
    );
  } catch {
    return undefined;
  }
}

/** Asks the service for the digit on a picture, which becomes the drawing. */
export async function openPicture(
  store: Store<State>,
  service: Service,
  file: Blob,
): Promise<void> {
  const fail = (text: string) => store.set({ notice: { text, isBad: true } });
  store.set({ notice: { text: 'Reading the picture …', isBad: false } });
  const picture = await preparedPicture(file);
  if (picture === undefined) return fail('This browser cannot show that file as a picture.');
  try {
    const prediction = await service.predict(picture, { explain: true });
    const { seen, reason } = prediction;
    if (seen === undefined || reason === 'blank') return fail('Nothing is drawn on this picture.');
    const drawing = drawingOfPicture(Uint8Array.from(seen, ink => Math.round(ink * fullInk)));
    const state = drawn(store.get(), { type: 'drawing-loaded', drawing });
    const raster = rasterOf(state);
    if (state.picture !== undefined) URL.revokeObjectURL(state.picture.url);
    store.set({
      ...state,
      notice: undefined,
      pendingRaster: undefined,
      predicted: { raster, prediction, isExplained: true },
      picture: { raster, file: picture, url: URL.createObjectURL(picture) },
    });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    fail(`The picture cannot be read: ${error.message}`);
  }
}

/** Calls back with each picture that is dropped on the page, pasted, or chosen in one of the inputs. */
export function listenForPictures(
  inputs: readonly HTMLInputElement[],
  open: (file: Blob) => void,
): void {
  const openFirst = (files: FileList | undefined) => {
    const file = files?.[0];
    if (file !== undefined) open(file);
  };
  for (const input of inputs) {
    input.addEventListener('change', () => {
      openFirst(input.files ?? undefined);
      // The same file can be chosen again.
      input.value = '';
    });
  }
  const { classList } = document.body;
  addEventListener('dragover', event => {
    event.preventDefault();
    classList.add('dropping');
  });
  addEventListener('dragleave', event => {
    if (event.relatedTarget === null) classList.remove('dropping');
  });
  addEventListener('drop', event => {
    event.preventDefault();
    classList.remove('dropping');
    openFirst(event.dataTransfer?.files);
  });
  addEventListener('paste', event => openFirst(event.clipboardData?.files));
}
