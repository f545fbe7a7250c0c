// `npm run predict`: classifies every picture and prints the outcomes in the order of the pictures.
// One that cannot be read does not stop the others.

import { printable, printableJson } from '../../untrusted-text.ts';
import { notWrittenCode, type Outcome, outcomeText, outcomeValue } from './outcome.ts';
import { describeSkipped, type Skipped, skippedValue } from './picture-folder.ts';
import type { PictureSource } from './picture-source.ts';
import type { PredictClient } from './predict-client.ts';
import { createProgress } from './progress.ts';

/** Enough requests in flight to keep the service busy while files are read. */
const concurrency = 8;

export interface PredictRun {
  readonly sources: readonly PictureSource[];
  /** What the folders have beside the sources. */
  readonly skipped: Skipped;
  readonly client: PredictClient;
  readonly isJson: boolean;
  readonly isExplained: boolean;
  /** Settles when it is written. */
  readonly write: (text: string) => Promise<void>;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
}

/** @returns the exit code: 0, 1 if any picture could not be read, or 2 if its steps could not be written */
export async function runPredict(run: PredictRun): Promise<0 | 1 | 2> {
  const progress = createProgress({ stderr: run.stderr, total: run.sources.length });
  const outcomes = mapInOrder(run.sources, concurrency, source => outcomeOf(source, run));
  let exitCode: 0 | 1 | 2 = 0;
  let separator = '';
  if (run.isJson) await run.write('{"pictures":[');
  for await (const outcome of outcomes) {
    if ('error' in outcome) exitCode = outcome.error.code === notWrittenCode ? 2 : 1;
    progress.clear();
    if (run.isJson) {
      await run.write(`${separator}\n${printableJson(outcomeValue(outcome))}`);
      separator = ',';
    } else if ('error' in outcome) run.stderr.write(`${outcomeText(outcome)}\n`);
    else await run.write(`${outcomeText(outcome)}\n`);
    progress.step();
  }
  progress.clear();
  if (run.isJson) {
    await run.write(`\n],"skipped":${printableJson(skippedValue(run.skipped))}}\n`);
  }
  const skipped = describeSkipped(run.skipped);
  if (skipped !== undefined) run.stderr.write(`${skipped}\n`);
  return exitCode;
}

/** An error with a code becomes an outcome; any other is a mistake in this app and is thrown. */
async function outcomeOf(
  { path, read }: PictureSource,
  { client, isExplained }: PredictRun,
): Promise<Outcome> {
  try {
    return { path, prediction: await client.predict(await read(), isExplained) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const message = printable(error.message, 300);
    return { path, error: { code: printedCode(`${error.code}`), message } };
  }
}

/** The documents of --json have codes in upper case, such as PICTURE_UNREADABLE: a contract. */
function printedCode(code: string): string {
  return code.toUpperCase().replaceAll('-', '_');
}

/**
 * Runs asynchronous jobs, at most `concurrency` at a time, and yields their outcomes in the order of
 * the jobs, each as soon as it and all before it are settled.
 * @param run must not reject
 */
export async function* mapInOrder<Job, Outcome>(
  jobs: readonly Job[],
  concurrency: number,
  run: (job: Job) => Promise<Outcome>,
): AsyncGenerator<Outcome> {
  const inFlight: Promise<Outcome>[] = [];
  for (const job of jobs) {
    inFlight.push(run(job));
    if (inFlight.length < concurrency) continue;
    const first = inFlight.shift();
    if (first !== undefined) yield await first;
  }
  for (const outcome of inFlight) yield await outcome;
}
