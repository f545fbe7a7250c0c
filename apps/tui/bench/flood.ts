// A flood of input: twenty thousand reports at once, then a megabyte of noise. After each, the drawing
// is compared with the canvas's own rendering of the same strokes. At last Ctrl+C, right behind a
// megabyte of noise in a text field.

import { setTimeout as wait } from 'node:timers/promises';
import { drawStrokes, type Stroke, scaleStrokes } from '@digits/canvas';
import { pixelsOn } from '../test/emulated-screen.ts';
import { boxInside, mouseReports, recordedDigit } from '../test/end-to-end/support/mouse.ts';
import { respondSeven, startFakeService } from '../test/fake-service.ts';
import { type AppSession, openReady } from './app-session.ts';
import { seededRandom } from './measure.ts';

const reports = 20_000;
const noiseBytes = 1 << 20;

/** A pseudo-terminal takes a few kilobytes at a time; more would queue in this process. */
const pieceBytes = 16 * 1024;
const pieceIntervalMs = 20;

/** The canvas at 80×24, in cells. */
const columns = 28;
const rows = 14;

/** Input without a meaning for the app: keys with one would be executed. */
const noiseInput = [
  ...'0123456789;;ABCDMRTty~\u{0}\u{7}\u{8}\u{f}\u{7f}é漢',
  '\u{1b}',
  '\u{1b}[',
  '\u{1b}[<',
  '\u{1b}[?',
  '\u{1b}O',
  '\u{1b}]11;',
  '\u{1b}[<32;',
];

export interface Flood {
  readonly reportsMs: number;
  readonly noiseMs: number;
  /** From Ctrl+C, when the terminal has sent all before it, to the end of the app. */
  readonly ctrlCMs: number;
  readonly isEveryPixelKept: boolean;
  readonly exitCode: number;
  readonly isTerminalIntact: boolean;
}

export async function measureFlood(): Promise<Flood> {
  const service = await startFakeService(respondSeven);
  const session = await openReady(service.url);
  const random = seededRandom(1);
  const scribble = scribbleOf(random);
  const reportsMs = await drawn(session, scribble, '');
  session.send('c');
  const digit = recordedDigit(4).strokes.map(inCells);
  const noiseMs = await drawn(session, digit, noiseOf(random));
  session.send('s');
  await session.until(() => session.screen.lines().join('\n').includes('Save as:'));
  await sendInPieces(session, noiseOf(random));
  const interruptedAt = performance.now();
  const exitCode = await session.quit('\u{18}\u{1b}[201~\u{3}');
  const ctrlCMs = performance.now() - interruptedAt;
  const written = session.written();
  await service.close();
  return {
    reportsMs,
    noiseMs,
    ctrlCMs,
    isEveryPixelKept: true,
    exitCode,
    isTerminalIntact: ['?1006', '?1002', '?2004', '?1049'].every(
      mode => written.lastIndexOf(`[${mode}l`) > written.lastIndexOf(`[${mode}h`),
    ),
  };
}

/** @returns the time until the screen shows exactly this drawing */
async function drawn(
  session: AppSession,
  strokes: readonly Stroke[],
  noise: string,
): Promise<number> {
  const begun = performance.now();
  // CAN ends a sequence that the noise began, 201~ a paste, and c removes what it drew.
  const prefix = noise === '' ? '' : `${noise}\u{18}\u{1b}[201~\u{18}c`;
  const input = prefix + mouseReports(strokes, boxInside(session.screen.lines()));
  await sendInPieces(session, input);
  const expected = `${[...drawStrokes(scaleStrokes(strokes, columns))]}`;
  await session.until(() => `${pixelsOn(session.screen)}` === expected);
  return performance.now() - begun;
}

async function sendInPieces(session: AppSession, input: string): Promise<void> {
  for (let start = 0; start < input.length; start += pieceBytes) {
    session.send(input.slice(start, start + pieceBytes));
    await wait(pieceIntervalMs);
  }
}

/** One stroke over random cells: no report is like the one before it. */
function scribbleOf(random: () => number): Stroke[] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  while (points.length < reports - 2) {
    x = (x + 1 + Math.floor(random() * (columns - 1))) % columns;
    y = Math.floor(random() * rows);
    // A corner stays blank, or the drawing would be all ink.
    if (x > 7 || y > 5) points.push([(x + 0.5) / columns, (y + 0.5) / rows]);
  }
  return [points];
}

function noiseOf(random: () => number): string {
  const pieces: string[] = [];
  for (let length = 0; length < noiseBytes; ) {
    const piece = noiseInput[Math.floor(random() * noiseInput.length)] ?? '';
    pieces.push(piece);
    length += Buffer.byteLength(piece);
  }
  return pieces.join('');
}

/** Between two samples that are cells a stroke runs through the middle of each cell. */
function inCells(stroke: Stroke): [number, number][] {
  return stroke.map(([x, y]) => [
    (Math.floor(x * columns) + 0.5) / columns,
    (Math.floor(y * rows) + 0.5) / rows,
  ]);
}
