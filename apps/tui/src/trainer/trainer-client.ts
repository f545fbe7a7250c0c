// Learning as the app asks for it: train on a service's corrections, compare with the champion,
// promote. The work is done by commands of the workspace in processes of their own.

import { AppError } from '../app-error.ts';
import type { Gate } from '../state/gate.ts';
import { summarizeStderr } from '../untrusted-text.ts';
import {
  type BackgroundCommand,
  type CommandResult,
  runInBackground,
} from './background-command.ts';
import { parseGate } from './gate.ts';
import { parseTrainerEvent, type TrainerEvent } from './trainer-event.ts';
import { assertTrainerPresent, type TrainerPaths } from './trainer-paths.ts';

export interface TrainingTask {
  /** The service that has the corrections. */
  readonly url: string;
  /** The models folder; the workspace's own if there is none. */
  readonly models: string | undefined;
}

export type TrainingResult = Extract<TrainerEvent, { type: 'done' }>;

/** Each @throws AppError; an aborted signal ends the process, with code trainer-stopped. */
export interface TrainerClient {
  train(
    task: TrainingTask,
    onEvent: (event: TrainerEvent) => void,
    signal: AbortSignal,
  ): Promise<TrainingResult>;
  compare(task: TrainingTask, version: string, signal: AbortSignal): Promise<Gate>;
  /** @returns the table of that moment, which says whether it was promoted */
  promote(task: TrainingTask, version: string, signal: AbortSignal): Promise<Gate>;
}

/** A last batch and a checkpoint, on a busy machine. */
const defaultStopTimeoutMs = 5000;

export function createTrainerClient(
  workshop: TrainerPaths,
  stopTimeoutMs = defaultStopTimeoutMs,
): TrainerClient {
  const { preload: background, root } = workshop;

  function run(
    script: string,
    args: readonly string[],
    rest: Pick<BackgroundCommand, 'onLine' | 'signal'>,
  ): Promise<CommandResult> {
    assertTrainerPresent(workshop);
    return runInBackground({ script, preload: background, args, stopTimeoutMs, ...rest });
  }

  async function judge(
    { url, models }: TrainingTask,
    version: string,
    options: readonly string[],
    signal: AbortSignal,
  ): Promise<Gate> {
    let gate: Gate | undefined;
    const folder = models === undefined ? [] : ['--models', models];
    const args = [version, '--feedback', url, ...folder, ...options, '--json'];
    const onLine = (line: string) => {
      gate = parseGate(line);
    };
    const ending = await run(workshop.promote, args, { onLine, signal });
    // A gate that stops it is an exit code of 1, and an answer.
    if (gate !== undefined && ending.exitCode <= 1) return gate;
    throw failure(ending, root);
  }

  return {
    async train({ url, models }, onEvent, signal) {
      let done: TrainingResult | undefined;
      const folder = models === undefined ? [] : ['--out', models];
      const onLine = (line: string) => {
        const event = parseTrainerEvent(line);
        if (event?.type === 'done') done = event;
        else if (event !== undefined) onEvent(withShortPath(event, root));
      };
      const args = ['--feedback', url, ...folder, '--json'];
      const ending = await run(workshop.train, args, { onLine, signal });
      if (done !== undefined && ending.exitCode === 0) return done;
      throw failure(ending, root);
    },
    compare: (task, version, signal) => judge(task, version, ['--dry-run'], signal),
    promote: (task, version, signal) => judge(task, version, [], signal),
  };
}

/** The sentence with which a command explains itself, or else its exit code and last words. */
function failure({ exitCode, stderr }: CommandResult, root: string): AppError {
  const own = stderr.split('\n').findLast(line => /^error [\w-]+: /.test(line));
  const words = own?.replace(/^error [\w-]+: /, '').replaceAll(`${root}/`, '') ?? '';
  const how = [`it ended with exit code ${exitCode}`, summarizeStderr(lastLine(stderr))];
  const said =
    own === undefined ? how.filter(part => part !== '').join(': ') : summarizeStderr(words);
  return new AppError('trainer-failed', said);
}

/** From the root of the workspace a path fits on the screen. */
function withShortPath(event: TrainerEvent, root: string): TrainerEvent {
  if (event.type !== 'corrections' || event.suspectLabels === undefined) return event;
  const { count, page } = event.suspectLabels;
  return { ...event, suspectLabels: { count, page: page.replace(`${root}/`, '') } };
}

/** A stack trace stays whole: its error is not on its last line. */
function lastLine(stderr: string): string {
  if (/^\w*Error\b/m.test(stderr)) return stderr;
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}
