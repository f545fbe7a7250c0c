// A film of a terminal as one SVG without scripts, for an <img>: CSS shows and hides its parts, again and again.
// Without animation it shows one picture.

import { type Caption, captionHeight, captionSvg, chaptersSvg } from './caption-bar.ts';
import { background, type Grid } from './cells.ts';
import {
  cellHeight,
  cellWidth,
  groupAttributes,
  type Mark,
  marksOf,
  paintColours,
  paintMarks,
} from './paint.ts';
import { figure } from './svg-text.ts';

const margin = 18;

/** A picture of the film. */
export interface Shot {
  readonly grid: Grid;
  readonly caption: Caption;
  /** How long it is shown, in seconds. */
  readonly seconds: number;
  /** The cell at which the mouse points, if it does. */
  readonly pointer: { readonly column: number; readonly row: number } | undefined;
}

export interface FilmText {
  readonly title: string;
  /** What happens, for those who do not see it. */
  readonly description: string;
  /** The parts of the film, by `chapter` of the captions. */
  readonly chapters: readonly string[];
}

/** @param still the index of the picture to show where nothing is animated */
export function filmToSvg(shots: readonly Shot[], still: number, text: FilmText): string {
  const { grid } = shots[0]!;
  const [innerWidth, innerHeight] = [grid[0]!.length * cellWidth, grid.length * cellHeight];
  const width = Math.round(innerWidth + 2 * margin);
  const height = innerHeight + 2 * margin + captionHeight;
  const inBar = (content: string): Mark => ({
    begin: `<g transform="translate(0 ${innerHeight + margin})">`,
    content,
    end: '</g>',
  });
  const layers = [
    ...colourLayers(shots),
    ...markLayers(
      shots.map(({ grid, caption }) => [
        ...marksOf(grid),
        inBar(captionSvg(caption)),
        inBar(chaptersSvg(text.chapters, caption.chapter, innerWidth)),
      ]),
    ),
  ];
  const times = timesOf(shots);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${text.title}</title>`,
    `<desc>${text.description}</desc>`,
    styleSheet(layers, pointerKeyframes(shots, times), times),
    `<rect width="${width}" height="${height}" rx="12" fill="${background}"/>`,
    `<g transform="translate(${margin} ${margin})" ${groupAttributes}>`,
    ...layers.map(({ shown, content }, index) => {
      const classes = shown[still] ? 'f s' : 'f';
      return `<g class="${classes}" style="animation-name:f${index}">${content}</g>`;
    }),
    pointerShape,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Content that is shown and hidden as one. */
interface Layer {
  readonly content: string;
  /** Whether it is shown, of each picture. */
  readonly shown: readonly boolean[];
}

/** What changes is painted over what was there before, and stays to the end. */
function colourLayers(shots: readonly Shot[]): Layer[] {
  return shots
    .map(({ grid }, index) => ({
      content: paintColours(grid, shots[index - 1]?.grid),
      shown: shots.map((_, other) => other >= index),
    }))
    .filter(({ content }) => content !== '');
}

/** Equal marks are written once; those that are shown in the same pictures form a layer. */
function markLayers(pictures: readonly (readonly Mark[])[]): Layer[] {
  const shownIn = new Map<string, { readonly mark: Mark; readonly shown: boolean[] }>();
  for (const [index, marks] of pictures.entries()) {
    for (const mark of marks) {
      const key = mark.begin + mark.content;
      const entry = shownIn.get(key) ?? { mark, shown: pictures.map(() => false) };
      entry.shown[index] = true;
      shownIn.set(key, entry);
    }
  }
  return [...Map.groupBy(shownIn.values(), ({ shown }) => shown.join())].map(([, entries]) => ({
    content: paintMarks(entries.map(({ mark }) => mark)),
    shown: entries[0]!.shown,
  }));
}

/** The length of the film in seconds, and when each picture begins, in per cent of it. */
interface Times {
  readonly total: number;
  readonly starts: readonly number[];
}

function timesOf(shots: readonly Shot[]): Times {
  const total = shots.reduce((sum, { seconds }) => sum + seconds, 0);
  let elapsed = 0;
  const starts = shots.map(({ seconds }) => {
    elapsed += seconds;
    return (100 * (elapsed - seconds)) / total;
  });
  return { total, starts };
}

function styleSheet(layers: readonly Layer[], pointer: string, { total, starts }: Times): string {
  return [
    '<style>',
    `.f,.p{visibility:hidden;animation:${figure(total, 2)}s step-end infinite}`,
    '.s{visibility:visible}',
    '@media(prefers-reduced-motion:reduce){.f,.p{animation:none}}',
    `@keyframes p{${pointer}}`,
    ...layers.map(({ shown }, index) => {
      const states = shown.map(isShown => `visibility:${isShown ? 'visible' : 'hidden'}`);
      return `@keyframes f${index}{${keyframes(states, starts)}}`;
    }),
    '</style>',
  ].join('\n');
}

/** @param styles of each picture; those that repeat the one before are left out */
function keyframes(styles: readonly string[], starts: readonly number[]): string {
  return styles
    .map((style, index) => {
      const start = `${figure(starts[index]!, 2)}%`;
      return style === styles[index - 1] ? '' : `${start}{${style}}`;
    })
    .join('');
}

/** The pointer's tip is in the middle of its cell. */
function pointerKeyframes(shots: readonly Shot[], { starts }: Times): string {
  const pixels = (cell: number, size: number) => `${figure((cell + 0.5) * size)}px`;
  const styles = shots.map(({ pointer }) => {
    if (pointer === undefined) return 'visibility:hidden';
    const [x, y] = [pixels(pointer.column, cellWidth), pixels(pointer.row, cellHeight)];
    return `visibility:visible;transform:translate(${x},${y})`;
  });
  return keyframes(styles, starts);
}

/** An arrow whose tip is at the origin. */
const pointerShape =
  '<path class="p" style="animation-name:p" d="M0 0V19.2L4.6 15.4 7.4 22 10.8 20.5 8 14H14Z" fill="#fff" stroke="#000"/>';
