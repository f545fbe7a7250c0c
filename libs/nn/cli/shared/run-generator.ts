// Drawing on a long piece of work until it is done: with a turn for everything else between two of
// its steps, so that it can be interrupted, and word on a terminal of how far it is.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createLogUpdate } from 'log-update';

/**
 * @param steps yields the name of each step that is done
 * @param doing what is done with each: 'measured'
 * @param stream told only where it is a terminal, and clean again afterwards
 * @throws the signal's reason when it is aborted
 */
export async function finishSteps<Result>(
  steps: Generator<string, Result>,
  doing: string,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<Result> {
  const moving = stream.isTTY ? createLogUpdate(stream) : null;
  try {
    for (let count = 1; ; count++) {
      const step = steps.next();
      if (step.done) return step.value;
      moving?.(`${doing} ${count}: ${step.value}`);
      await nextTurn();
      signal.throwIfAborted();
    }
  } finally {
    moving?.clear();
  }
}
