// The elements of the page, and pixels in them.

import type { Store } from './store.ts';

/** @returns the element of page.html with this id */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

/** @param colourAt red, green, blue and opacity of a pixel, 0…255, by its index in rows */
export function paint(
  canvas: HTMLCanvasElement,
  colourAt: (index: number) => readonly [number, number, number, number],
): void {
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  for (let index = 0; index < width * height; index++) image.data.set(colourAt(index), 4 * index);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}

/** Paints ink, 0…255. It is black; the style sheet turns it white on dark paper. */
export function paintInk(canvas: HTMLCanvasElement, ink: ArrayLike<number>): void {
  paint(canvas, index => [0, 0, 0, ink[index] ?? 0]);
}

/** Calls back once, and then once in each frame after changes; `last` is the value of the time before. */
export function eachFrame<Value>(
  store: Pick<Store<Value>, 'get' | 'subscribe'>,
  show: (value: Value, last: Value | undefined) => void,
): void {
  let last: Value | undefined;
  let isScheduled = false;
  const showNow = () => {
    isScheduled = false;
    const value = store.get();
    show(value, last);
    last = value;
  };
  showNow();
  store.subscribe(() => {
    if (!isScheduled) requestAnimationFrame(showNow);
    isScheduled = true;
  });
}
