// Builds the figures' SVG from text. Its colours follow the reader's light or dark theme; pictures of pixels
// are PNG files inside it.

import { encode } from 'fast-png';

/** The colours of libs/nn/src/report/page/style.ts as classes: f-… fills, s-… strokes. */
const colours = {
  ink: ['#1d2127', '#e8eaed'],
  faint: ['#5f6773', '#a0a8b4'],
  rule: ['#dfe2e6', '#343941'],
  first: ['#2b6cb8', '#5b9be6'],
  second: ['#c9640f', '#e08a3c'],
} as const;

const names = Object.keys(colours) as (keyof typeof colours)[];

function styleOf(theme: 0 | 1): string {
  return names
    .map(
      name => `.f-${name}{fill:${colours[name][theme]}}.s-${name}{stroke:${colours[name][theme]}}`,
    )
    .join('');
}

const style =
  `text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}` +
  `.small{font-size:11px}.mono{font-family:ui-monospace,Menlo,Consolas,monospace}` +
  `.bold{font-weight:600}image{image-rendering:pixelated}` +
  `${styleOf(0)}@media(prefers-color-scheme:dark){${styleOf(1)}}`;

/** A whole figure. @param title for screen readers */
export function figure(
  { width, height, title }: { width: number; height: number; title: string },
  ...parts: readonly string[]
): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
    `height="${height}" role="img" aria-label="${escaped(title)}">\n<style>${style}</style>\n` +
    `${parts.join('\n')}\n</svg>\n`
  );
}

/** Text; `classes` as `f-faint small bold mono`, the anchor in SVG's words. */
export function text(
  at: Point,
  content: string,
  classes = 'f-ink',
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${round(at[0])}" y="${round(at[1])}" class="${classes}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

export type Point = readonly [x: number, y: number];

/** A line through points. */
export function line(points: readonly Point[], classes: string, attributes = ''): string {
  const path = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" class="${classes}" ${attributes}/>`;
}

export function circle([x, y]: Point, radius: number, classes: string, attributes = ''): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" class="${classes}" ${attributes}/>`;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function rectangle(box: Box, classes: string, attributes = ''): string {
  const { left, top, width, height } = box;
  return `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" class="${classes}" ${attributes}/>`;
}

/** A straight arrow with its head at the second point. */
export function arrow(from: Point, to: Point, classes = 's-faint f-faint'): string {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const corner = (turn: number): Point => [
    to[0] - 7 * Math.cos(angle + turn),
    to[1] - 7 * Math.sin(angle + turn),
  ];
  const head = [to, corner(0.4), corner(-0.4)].map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `${line([from, to], classes, 'stroke-width="1.3"')}<polygon points="${head}" class="${classes}"/>`;
}

/** Pixels as an image: [height, width, channels], one channel grey or four with alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 4;
  readonly data: Uint8Array;
}

export function image(pixels: Pixels, { left, top, width, height }: Box): string {
  const png = Buffer.from(encode({ ...pixels, depth: 8 })).toString('base64');
  return (
    `<image x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" ` +
    `preserveAspectRatio="none" href="data:image/png;base64,${png}"/>`
  );
}

/** Values −1…1 as orange where positive and blue where negative, the more opaque the larger. */
export function signedPixels(values: ArrayLike<number>, width: number): Pixels {
  const data = new Uint8Array(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    data.set(value < 0 ? [50, 120, 220] : [230, 120, 20], 4 * i);
    data[4 * i + 3] = Math.round(255 * Math.min(1, Math.abs(value)));
  }
  return { width, height: values.length / width, channels: 4, data };
}

/** Two decimals are a hundredth of a pixel; −0 is 0. */
function round(value: number): number {
  return Math.round(100 * value) / 100 || 0;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
