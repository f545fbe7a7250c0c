// Shows the progress of long computations on a terminal.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';
import type { OutputStream } from './command.ts';

/** Options of `runGenerator`. */
export interface ProgressOptions {
  /** past participle for a completed step, for example 'measured' */
  readonly verb: string;
  /** shows the progress if it is a terminal; cleared afterwards */
  readonly stream: OutputStream;
  readonly signal: AbortSignal;
  /** number of steps, for the percentage; undefined if it is not known */
  readonly total?: number;
  /** called after each step with the number of completed ones */
  readonly onStep?: (done: number) => void;
}

/**
 * Runs a generator to completion, yielding to the event loop after each step.
 *
 * @param steps yields the name of each completed step
 * @throws the signal's reason when it is aborted
 */
export async function runGenerator<Result>(
  steps: Generator<string, Result>,
  { verb, stream, signal, total, onStep }: ProgressOptions,
): Promise<Result> {
  const log = stream.isTTY ? createLogUpdate(stream) : undefined;
  try {
    for (let count = 1; ; count++) {
      const step = steps.next();
      if (step.done) return step.value;
      const place =
        total === undefined ? count : `${count} of ${total} (${percentOf(count, total)})`;
      log?.(`${verb} ${place}: ${step.value}`);
      onStep?.(count);
      await nextTurn();
      signal.throwIfAborted();
    }
  } finally {
    log?.clear();
  }
}

function percentOf(count: number, total: number): string {
  return `${Math.floor((100 * count) / total)} %`;
}
