// Pictures from elsewhere: chosen, dropped, pasted or taken with the camera.

import { drawingOfPicture, fullInk } from '@digits/canvas';
import { type Prediction, rasterOf } from '@digits/client';
import { imageContentTypes } from '@digits/protocol/constants';
import { type Service, ServiceError } from '../service/service.ts';
import { drawn, type State } from '../state.ts';
import type { Store } from '../store.ts';

/** A larger file is made smaller: a network sees 28×28 pixels, and the way to the service may be slow. */
const maxFileBytes = 2 * 1024 * 1024;
const maxSide = 1600;

const whatOpens = 'Only a picture can be opened, such as a photo, a PNG, a JPEG or a WebP file.';

/**
 * @returns the file, or what it shows as a JPEG picture if it is large or of a kind that the service does
 *   not know; undefined if the browser does not know it either
 */
async function preparedPicture(file: Blob): Promise<Blob | undefined> {
  const isKnown = (imageContentTypes as readonly string[]).includes(file.type);
  try {
    const bitmap = await createImageBitmap(file);
    try {
      const scale = Math.min(1, maxSide / Math.max(bitmap.width, bitmap.height));
      if (isKnown && file.size <= maxFileBytes && scale === 1) return file;
      return await jpegOf(bitmap, scale);
    } finally {
      // It holds the pixels of a whole photograph.
      bitmap.close();
    }
  } catch {
    // The service names what is wrong with it.
    return isKnown ? file : undefined;
  }
}

async function jpegOf(bitmap: ImageBitmap, scale: number): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  // JPEG has no transparency.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve =>
    canvas.toBlob(blob => resolve(blob ?? undefined), 'image/jpeg', 0.9),
  );
}

/** @returns what the service reads on the picture, or why there is nothing to open, in a sentence */
async function readPicture(service: Service, file: Blob): Promise<PictureRead | string> {
  const picture = await preparedPicture(file);
  if (picture === undefined) return whatOpens;
  try {
    const prediction = await service.predict(picture, { explain: true });
    const { seen, reason } = prediction;
    if (seen === undefined || reason === 'blank') return 'Nothing is drawn on this picture.';
    return { picture, prediction, seen };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `The picture cannot be read: ${error.message}`;
  }
}

interface PictureRead {
  readonly picture: Blob;
  readonly prediction: Prediction;
  readonly seen: readonly number[];
}

/**
 * @returns a function that asks the service for the digit on a picture, which becomes the drawing unless the
 *   user draws or opens another one meanwhile
 */
export function createPictureOpener(
  store: Store<State>,
  service: Service,
): (file: Blob | undefined) => Promise<void> {
  let newest: Blob | undefined;
  const fail = (text: string) => store.set({ notice: { text, isBad: true } });
  return async file => {
    newest = file;
    if (file === undefined) return fail(whatOpens);
    const before = rasterOf(store.get());
    store.set({ notice: { text: 'Reading the picture …', isBad: false } });
    const read = await readPicture(service, file);
    if (newest !== file) return;
    if (rasterOf(store.get()) !== before) {
      return fail('The picture is not opened, because the drawing was changed meanwhile.');
    }
    if (typeof read === 'string') return fail(read);
    show(store, read);
  };
}

function show(store: Store<State>, { picture: file, prediction, seen }: PictureRead): void {
  const drawing = drawingOfPicture(Uint8Array.from(seen, ink => Math.round(ink * fullInk)));
  const state = drawn(store.get(), { type: 'drawing-loaded', drawing });
  const raster = rasterOf(state);
  if (state.picture !== undefined) URL.revokeObjectURL(state.picture.url);
  store.set({
    ...state,
    notice: undefined,
    pendingRaster: undefined,
    predicted: { raster, prediction, isExplained: true },
    picture: { raster, file, url: URL.createObjectURL(file) },
  });
}

/**
 * Calls back with each picture that is dropped on the page, pasted, or chosen in one of the inputs; with
 * undefined if something else is dropped.
 */
export function listenForPictures(
  inputs: readonly HTMLInputElement[],
  open: (file: Blob | undefined) => void,
): void {
  const openFirst = (files: FileList | null | undefined) => {
    if (files?.length) open(firstPicture(files));
  };
  for (const input of inputs) {
    input.addEventListener('change', () => {
      openFirst(input.files);
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
    open(firstPicture(event.dataTransfer?.files ?? []));
  });
  addEventListener('paste', event => openFirst(event.clipboardData?.files));
}

/** @returns the first file that is a picture, else the first one */
function firstPicture(files: ArrayLike<File>): File | undefined {
  const all = Array.from(files);
  return all.find(({ type }) => type.startsWith('image/')) ?? all[0];
}
