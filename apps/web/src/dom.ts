// The elements of the page, and pixels in them.

import type { Store } from './store.ts';

/** @returns the element of page.html with this id */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}

/** @returns a new element with these properties */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}

/** Sets the properties that differ: any assignment makes a live region speak and has styles computed again. */
export function update<Kind extends HTMLElement>(element: Kind, properties: Partial<Kind>): void {
  for (const name of Object.keys(properties) as (keyof Kind)[]) {
    if (element[name] !== properties[name]) element[name] = properties[name]!;
  }
}

/** Shows texts in the elements with these ids; an empty one is hidden, unless it is a live region. */
export function showTexts(texts: Readonly<Record<string, string>>): void {
  for (const [id, textContent] of Object.entries(texts)) {
    const element = byId(id);
    const hidden = textContent === '' && element.getAttribute('role') !== 'status';
    update(element, { textContent, hidden });
  }
}

/** Each part 0…255. */
export type Colour = readonly [red: number, green: number, blue: number, opacity: number];

/** What the canvases show. */
const painted = new WeakMap<HTMLCanvasElement, Uint32Array>();

/**
 * Paints the pixels that differ, of which the browser then draws that part of the screen only.
 *
 * @param colourAt the colour of a pixel by its index in rows
 */
export function paint(canvas: HTMLCanvasElement, colourAt: (index: number) => Colour): void {
  const { width, height } = canvas;
  const image = new ImageData(width, height);
  for (let index = 0; index < width * height; index++) image.data.set(colourAt(index), 4 * index);
  const pixels = new Uint32Array(image.data.buffer);
  const before = painted.get(canvas);
  painted.set(canvas, pixels);
  // A canvas of another size has become transparent.
  const isKnown = before?.length === pixels.length;
  const changed = [...pixels.keys()].filter(at => !isKnown || pixels[at] !== before[at]);
  if (changed.length === 0) return;
  const columns = changed.map(index => index % width);
  const rows = changed.map(index => Math.floor(index / width));
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  const [right, bottom] = [Math.max(...columns), Math.max(...rows)];
  canvas.getContext('2d')?.putImageData(image, 0, 0, left, top, right - left + 1, bottom - top + 1);
}

/** Paints ink, 0…255. It is black; the style sheet turns it white on dark paper. */
export function paintInk(canvas: HTMLCanvasElement, ink: ArrayLike<number>): void {
  paint(canvas, index => [0, 0, 0, ink[index] ?? 0]);
}

/** Evidence for the digit and against it; their difference survives every colour blindness. */
const colourFor = [37, 99, 235] as const;
const colourAgainst = [234, 88, 12] as const;

/** @param value −1…1 */
export function signedColour(value: number): Colour {
  return [...(value > 0 ? colourFor : colourAgainst), 230 * Math.abs(value)];
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
