// Draws with the mouse in a session, and takes pictures meanwhile.

import { setTimeout } from 'node:timers/promises';
import type { Stroke } from '@digits/canvas';
import { pixelsOn } from '../test/emulated-screen.ts';
import { boxInside, mouseReports } from '../test/end-to-end/support/mouse.ts';
import type { TerminalSession } from '../test/end-to-end/support/terminal-session.ts';
import type { Camera } from './camera.ts';

/** A session, and the camera that pictures it. */
export interface Stage {
  readonly session: TerminalSession;
  readonly camera: Camera;
}

export interface Pace {
  /** About how many pictures are taken of the strokes, and how long each of them is shown. */
  readonly pictures: number;
  readonly seconds: number;
  /** How long nothing is written when the answer is there; by default longer than a prediction takes. */
  readonly quietMs?: number;
}

/** A part of a stroke may change nothing. */
const maxStrokeMs = 500;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it begins with the escape character.
const mouseReport = /\x1b\[<[^Mm]*[Mm]/g;

/** Sends the strokes as reports of the mouse, part by part. */
export async function draw(
  { session, camera }: Stage,
  strokes: readonly Stroke[],
  { pictures, seconds, quietMs }: Pace,
): Promise<void> {
  const reports = mouseReports(strokes, boxInside(session.screen.lines())).match(mouseReport) ?? [];
  const size = Math.ceil(reports.length / pictures);
  for (let start = 0; start < reports.length; start += size) {
    const part = reports.slice(start, start + size);
    const before = pixelsOn(session.screen).join();
    session.send(part.join(''));
    const end = Date.now() + maxStrokeMs;
    while (pixelsOn(session.screen).join() === before && Date.now() < end) await setTimeout(10);
    await camera.settle(quietMs);
    await camera.shoot(seconds, pointerOf(part.at(-1)!));
  }
}

/** The cell that a mouse report names, which counts from 1. */
function pointerOf(report: string): { readonly column: number; readonly row: number } {
  const [column, row] = report.split(';').slice(1).map(Number.parseFloat);
  return { column: column! - 1, row: row! - 1 };
}
