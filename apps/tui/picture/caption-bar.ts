// The bar below the terminal: the keys that are pressed as key caps, what they do, and the chapters.

import { escapeXml, figure } from './svg-text.ts';

export interface Caption {
  /** What the key caps show. */
  readonly keys: readonly string[];
  readonly text: string;
  /** The index of the current chapter. */
  readonly chapter: number;
}

/** With the space above it. */
export const captionHeight = 40;

const capHeight = 30;
const capPadding = 10;
const capGap = 6;
const characterWidth = 9.6;
const sans = 'font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"';
/** The middle of the bar's text. */
const baseline = 21;
const chapterWidth = 112;
const [accent, quiet, capColour, capEdge] = ['#4ade80', '#71717a', '#27272a', '#52525b'];

/** The keys and what they do, at the left of the bar. */
export function captionSvg({ keys, text }: Caption): string {
  let x = 0;
  const caps = keys.map(key => {
    const [left, capWidth] = [x, [...key].length * characterWidth + 2 * capPadding];
    x += capWidth + capGap;
    return keyCap(key, left, capWidth);
  });
  const textLeft = figure(x + (x && 8));
  const line = `<text x="${textLeft}" y="${baseline}" font-size="19" ${sans}>${escapeXml(text)}</text>`;
  return [...caps, line].join('');
}

function keyCap(key: string, left: number, width: number): string {
  const box = `<rect x="${figure(left + 0.5)}" y=".5" width="${figure(width)}" height="${capHeight}" rx="6" fill="${capColour}" stroke="${capEdge}"/>`;
  const text = `<text x="${figure(left + capPadding)}" y="${baseline}" font-size="16" font-weight="bold" textLength="${figure(width - 2 * capPadding)}">${escapeXml(key)}</text>`;
  return box + text;
}

/** The chapters at the right of a bar, each below a line; the current one stands out. */
export function chaptersSvg(chapters: readonly string[], current: number, width: number): string {
  const left = width - chapters.length * chapterWidth;
  return chapters
    .map((name, index) => {
      const x = left + index * chapterWidth;
      const colour = index === current ? accent : quiet;
      const lineColour = index <= current ? accent : capColour;
      return [
        `<path d="M${figure(x)} 2h${chapterWidth - 8}" stroke="${lineColour}" stroke-width="3"/>`,
        `<text x="${figure(x)}" y="${baseline + 2}" font-size="14" fill="${colour}" ${sans}>${escapeXml(name)}</text>`,
      ].join('');
    })
    .join('');
}
