// The progress of preparing a training's pictures.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SynthesisEvent } from '@digits/protocol';

/** How the preparation is watched and stopped. */
export interface PreparationWatch {
  readonly onProgress: (event: SynthesisEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Begins a step of the preparation.
 *
 * @param of pictures of the whole step; a step of none is not reported
 * @returns runs a part of the step to completion, yielding to the event loop after each chunk, whose number of
 * pictures `chunks` yields; throws the signal's reason when it is aborted
 */
export function createStep(
  step: SynthesisEvent['step'],
  of: number,
  { onProgress, signal }: PreparationWatch,
): <Result>(chunks: Generator<number, Result>) => Promise<Result> {
  let done = 0;
  const report = () => onProgress({ type: 'synthesis', step, done, of });
  if (of > 0) report();
  return async chunks => {
    for (;;) {
      const chunk = chunks.next();
      if (chunk.done) return chunk.value;
      done += chunk.value;
      report();
      await nextTurn();
      signal.throwIfAborted();
    }
  };
}

/** Milliseconds between two events of nn:train --json. */
const minIntervalMs = 1000;

/**
 * Thins out events for --json.
 *
 * @param write gets the first event of each step, its last one, and one a second in between
 */
export function thinOut(write: (event: SynthesisEvent) => void): (event: SynthesisEvent) => void {
  let last: { readonly key: string; readonly ms: number } | undefined;
  return event => {
    const { step, done, of } = event;
    const [key, ms] = [`${step} ${of}`, performance.now()];
    if (key === last?.key && ms - last.ms < minIntervalMs && done !== of) return;
    last = { key, ms };
    write(event);
  };
}
