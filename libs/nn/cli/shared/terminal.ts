// Text on a terminal: tables, and the progress of a long computation.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';
import type { OutputStream } from './command.ts';

/** Colours a cell; it gets the text with its padding and must not change its width. */
export type CellStyle = (text: string, row: number, column: number) => string;

/** Rows of text as columns: the first is aligned left, the others right. */
export function alignTable(
  rows: readonly (readonly string[])[],
  style: CellStyle = text => text,
): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]!.length)),
  );
  return rows
    .map((row, i) =>
      row
        .map((text, column) => {
          const width = widths[column]!;
          return style(column === 0 ? text.padEnd(width) : text.padStart(width), i, column);
        })
        .join('  '),
    )
    .join('\n');
}

export interface ProgressOptions {
  /** what is done in each step, for example 'measured' */
  readonly verb: string;
  /** shows the progress if it is a terminal, and is cleared afterwards */
  readonly stream: OutputStream;
  readonly signal: AbortSignal;
}

/**
 * Runs a generator to completion, yielding to the event loop after each step.
 *
 * @param steps yields the name of each step that is done
 * @throws the signal's reason when it is aborted
 */
export async function runGenerator<Result>(
  steps: Generator<string, Result>,
  { verb, stream, signal }: ProgressOptions,
): Promise<Result> {
  const log = stream.isTTY ? createLogUpdate(stream) : undefined;
  try {
    for (let count = 1; ; count++) {
      const step = steps.next();
      if (step.done) return step.value;
      log?.(`${verb} ${count}: ${step.value}`);
      await nextTurn();
      signal.throwIfAborted();
    }
  } finally {
    log?.clear();
  }
}
