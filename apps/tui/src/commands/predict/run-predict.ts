// `npm run predict`: asks about every picture and tells of each, in order. One that cannot be read
// does not keep the others from being answered.

import { printable } from '../../untrusted-text.ts';
import { mapInOrder } from './in-order.ts';
import { type Outcome, outcomeText, outcomeValue } from './outcome.ts';
import type { PictureSource } from './picture-source.ts';
import type { PredictClient } from './predict-client.ts';
import { createProgress } from './progress.ts';

/** The service reads one at a time; a few more keep it busy while files are read. */
const concurrency = 8;

export interface PredictRun {
  readonly sources: readonly PictureSource[];
  readonly client: PredictClient;
  readonly isJson: boolean;
  readonly isExplained: boolean;
  /** Settles when it is written. */
  readonly write: (text: string) => Promise<void>;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** @returns the exit code: 0, or 1 if any picture could not be read */
export async function runPredict(run: PredictRun): Promise<0 | 1> {
  const progress = createProgress({ stderr: run.stderr, total: run.sources.length });
  const outcomes = mapInOrder(run.sources, concurrency, source => outcomeOf(source, run));
  let exitCode: 0 | 1 = 0;
  let separator = '';
  if (run.isJson) await run.write('{"pictures":[');
  for await (const outcome of outcomes) {
    if ('error' in outcome) exitCode = 1;
    progress.clear();
    if (run.isJson) {
      await run.write(`${separator}\n${JSON.stringify(outcomeValue(outcome))}`);
      separator = ',';
    } else if ('error' in outcome) run.stderr.write(`${outcomeText(outcome)}\n`);
    else await run.write(`${outcomeText(outcome)}\n`);
    progress.step();
  }
  progress.clear();
  if (run.isJson) await run.write('\n]}\n');
  return exitCode;
}

/** Never rejects, whatever is wrong with the picture or the service. */
async function outcomeOf(
  { path, read }: PictureSource,
  { client: asker, isExplained }: PredictRun,
): Promise<Outcome> {
  try {
    return { path, prediction: await asker.predict(await read(), isExplained) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { path, error: { code: `${error.code}`, message: printable(error.message, 300) } };
  }
}
