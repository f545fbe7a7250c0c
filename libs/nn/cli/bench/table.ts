// Formats the output of nn:bench: progress and a table of measurements.

import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { OutputStream } from '../shared/command.ts';
import { type BenchMeasurement, type Goal, meetsGoal } from './measurement.ts';

/** Shows the progress of a benchmark. */
export interface BenchProgress {
  readonly show: (what: string, run: number) => void;
  readonly end: () => void;
}

/** Creates a progress display: one line that is overwritten on a terminal, otherwise a line per run. */
export function createBenchProgress(stream: OutputStream, runs: number): BenchProgress {
  const log = stream.isTTY ? createLogUpdate(stream) : undefined;
  return {
    show: (what, run) => {
      const line = `run ${run} of ${runs}: ${what}`;
      if (log) log(line);
      else stream.write(`${line}\n`);
    },
    end: () => log?.clear(),
  };
}

const headings = ['', 'median', 'min', 'max', 'unit', 'goal'];

/** The table, with one line per measurement. */
export function benchTable(
  measurements: readonly BenchMeasurement[],
  stream: OutputStream,
): string {
  const rows = measurements.map(({ name, median, min, max, unit }) => [
    name,
    ...[median, min, max].map(significant),
    unit,
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map(row => row[column] ?? '')].map(cell => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i > 0 && i < 4 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ');
  return [
    styleText('bold', line(headings).trimEnd(), { stream }),
    ...rows.map((row, i) => `${line(row)}  ${verdict(measurements[i]!, stream)}`.trimEnd()),
  ].join('\n');
}

function verdict(measured: BenchMeasurement, stream: OutputStream): string {
  const { goal } = measured;
  if (!goal) return '';
  return meetsGoal(measured, goal)
    ? styleText('green', `${describe(goal)}: met`, { stream })
    : styleText('red', `${describe(goal)}: missed`, { stream });
}

function describe(goal: Goal): string {
  return 'atMost' in goal
    ? `at most ${significant(goal.atMost)}`
    : `at least ${significant(goal.atLeast)}`;
}

/** A number with three significant digits or its whole integer part, without exponent. */
function significant(value: number): string {
  if (value === 0) return '0';
  const digits = 2 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(Math.max(digits, 0), 6));
}
