// The digits that the end-to-end tests draw: real pen strokes from the folder that DIGITS_STROKES
// names (JSON lines, {"label", "writer", "strokes"}), one for each digit, or else the committed ones.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RecordedDigit, recordedDigit } from './mouse.ts';

export const recordedDigits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export interface DigitsToDraw {
  readonly digits: readonly RecordedDigit[];
  /** How many must be predicted correctly: some handwritten digits are illegible. */
  readonly bar: number;
}

export function digitsToDraw(): DigitsToDraw {
  const folder = process.env['DIGITS_STROKES'];
  if (!folder) return { digits: recordedDigits.map(recordedDigit), bar: 10 };
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.jsonl'))
    .sort();
  const samples = files.flatMap(name => samplesIn(join(folder, name)));
  const digits = recordedDigits.flatMap(label => {
    const ofLabel = samples.filter(sample => sample.label === label && isLarge(sample.strokes));
    // From the middle: the first lines of a file are all by one writer.
    return ofLabel[Math.floor(ofLabel.length / 2)] ?? [];
  });
  return { digits, bar: 8 };
}

function samplesIn(file: string): RecordedDigit[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '');
  return lines.map(line => {
    const { label, strokes } = JSON.parse(line);
    return { label, strokes: strokes.map(within) };
  });
}

/**
 * Whether the digit is as large as one on a canvas, and not as one of many on a sheet. These tests show
 * that the way from the mouse to the screen works, not the accuracy of the model, which is lower for
 * small digits on the coarse grid of 80×24 and is measured by nn:evaluate.
 */
function isLarge(strokes: RecordedDigit['strokes']): boolean {
  const extent = (axis: 0 | 1) => {
    const values = strokes.flat().map(point => point[axis]);
    return Math.max(...values) - Math.min(...values);
  };
  return Math.max(extent(0), extent(1)) >= 0.6;
}

/** Moves points outside the box, where a stroke cannot begin, to its edge. */
function within(stroke: readonly [number, number][]): [number, number][] {
  const clamp = (coordinate: number) => Math.min(Math.max(coordinate, 0), 0.999);
  return stroke.map(([x, y]) => [clamp(x), clamp(y)]);
}
