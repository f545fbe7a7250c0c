// The probabilities of the ten digits as bars that rise, in one row behind the digits or in several above
// them.

import { formatPercent } from '@digits/client';
import { fitText, type Size } from '@digits/screen';
import type { DisplayStyle } from '../display-style.ts';
import { blankRows } from '../text/blocks.ts';
import { inTone, type Tone } from '../tones.ts';

/** By eighths of a row. */
const risingBlocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const asciiBlocks = [' ', '.', ':', '-', '=', '+', '*', '%', '#'] as const;
const eighths = 8;

/** Two rows of bars, a blank one above them, and the digits. */
const minChartRows = 4;
const maxBarRows = 8;
const maxBarColumns = 4;

interface Output {
  readonly digit: number;
  readonly probability: number;
  readonly tone: Tone;
}

/** What the bars are of. */
export interface Outputs {
  /** One for each digit, 0…1; empty without an answer. */
  readonly probabilities: readonly number[];
  /** Whether the answer was accepted. */
  readonly isAccepted: boolean;
}

/** @returns exactly as many rows as the size has, at least one */
export function outputRows(
  { probabilities, isAccepted }: Outputs,
  size: Size,
  style: DisplayStyle,
): string[] {
  const best = Math.max(...probabilities);
  const outputs = probabilities.map((probability, digit): Output => {
    const bestTone = isAccepted ? 'accent' : 'warning';
    return { digit, probability, tone: probability < best ? 'quiet' : bestTone };
  });
  const { columns, rows } = size;
  const chart =
    rows < minChartRows
      ? [outputsLine(outputs, columns, style)]
      : chartRows(outputs, { columns, rows: Math.min(rows - 1, maxBarRows + 1) }, style);
  return [...blankRows({ columns, rows: rows - chart.length }), ...chart];
}

/** A rising bar behind each digit, and the greatest probability if there are columns for it. */
function outputsLine(outputs: readonly Output[], columns: number, style: DisplayStyle): string {
  const cells = outputs.map(({ digit, probability, tone }) =>
    inTone(`${digit}${blockOf(probability, 0, 1, style)}`, tone, style),
  );
  const percent = columns >= 30 + 8 ? percentOf(outputs).padStart(8) : '';
  const used = 3 * outputs.length + percent.length;
  return `${cells.join(' ')} ${percent}${' '.repeat(Math.max(columns - used, 0))}`;
}

/** The last row has the digits. */
function chartRows(
  outputs: readonly Output[],
  { columns, rows }: Size,
  style: DisplayStyle,
): string[] {
  const width = Math.min(Math.floor(columns / outputs.length) - 1, maxBarColumns);
  const rest = ' '.repeat(columns - outputs.length * (width + 1));
  const bars = Array.from({ length: rows - 1 }, (_, row) => {
    const cells = outputs.map(({ probability, tone }) => {
      const block = blockOf(probability, rows - 2 - row, rows - 1, style);
      return inTone(block.repeat(width), tone, style);
    });
    return `${cells.join(' ')} ${rest}`;
  });
  const labels = outputs.map(({ digit, tone }) => inTone(`${digit}`.padEnd(width), tone, style));
  const percent = percentOf(outputs);
  const beside = percent.length <= rest.length ? fitText(percent, rest.length) : rest;
  return [...bars, `${labels.join(' ')} ${beside}`];
}

function percentOf(outputs: readonly Output[]): string {
  return formatPercent(Math.max(...outputs.map(({ probability }) => probability)));
}

/** The part of a bar in one of `rows` rows, counted from below; what is not zero is visible in the lowest. */
function blockOf(probability: number, row: number, rows: number, { glyphs }: DisplayStyle): string {
  const blocks = glyphs === 'unicode' ? risingBlocks : asciiBlocks;
  const height = Math.ceil(probability * rows * eighths - 0.05);
  return blocks[Math.min(Math.max(height - row * eighths, 0), eighths)]!;
}
