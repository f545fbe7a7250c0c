// Learning as the app asks for it: train on a service's corrections, compare with the champion,
// promote. Commands of the workspace do the work, as child processes.

import { AppError } from '../app-error.ts';
import type { Gate } from '../state/gate.ts';
import { summarizeStderr } from '../untrusted-text.ts';
import {
  type BackgroundCommand,
  type CommandResult,
  runInBackground,
} from './background-command.ts';
import type { TrainerEvent } from './trainer-event.ts';
import { assertTrainerPresent, type TrainerPaths } from './trainer-paths.ts';

export interface TrainingTask {
  /** The service that has the corrections. */
  readonly url: string;
  /** The models folder; the workspace's own if there is none. */
  readonly models: string | undefined;
}

export type TrainingResult = Extract<TrainerEvent, { type: 'done' }>;

/** Each @throws AppError; an aborted signal ends the process, with code `trainer-stopped`. */
export interface TrainerClient {
  train(
    task: TrainingTask,
    onEvent: (event: TrainerEvent) => void,
    signal: AbortSignal,
  ): Promise<TrainingResult>;
  compare(task: TrainingTask, version: string, signal: AbortSignal): Promise<Gate>;
  /** @returns the gate's result at that moment, with whether the version was promoted */
  promote(task: TrainingTask, version: string, signal: AbortSignal): Promise<Gate>;
}

/** For a last batch and a checkpoint, on a busy machine. */
const defaultStopTimeoutMs = 5000;

export function createTrainerClient(
  paths: TrainerPaths,
  stopTimeoutMs = defaultStopTimeoutMs,
): TrainerClient {
  const { preload, root } = paths;

  function run(
    script: string,
    args: readonly string[],
    rest: Pick<BackgroundCommand, 'onLine' | 'signal'>,
  ): Promise<CommandResult> {
    assertTrainerPresent(paths);
    return runInBackground({ script, preload, args, stopTimeoutMs, ...rest });
  }

  async function runGate(
    { url, models }: TrainingTask,
    version: string,
    options: readonly string[],
    signal: AbortSignal,
  ): Promise<Gate> {
    const { parseGate } = await import('./trainer-output.ts');
    let gate: Gate | undefined;
    const folder = models === undefined ? [] : ['--models', models];
    const args = [version, '--feedback', url, ...folder, ...options, '--json'];
    const onLine = (line: string) => {
      gate = parseGate(line);
    };
    const result = await run(paths.promote, args, { onLine, signal });
    // Exit code 1 means that the gate stops the version, which is a result.
    if (gate !== undefined && result.exitCode <= 1) return gate;
    throw failure(result, root);
  }

  return {
    async train({ url, models }, onEvent, signal) {
      const { parseTrainerEvent } = await import('./trainer-output.ts');
      let done: TrainingResult | undefined;
      const folder = models === undefined ? [] : ['--out', models];
      const onLine = (line: string) => {
        const event = parseTrainerEvent(line);
        if (event?.type === 'done') done = event;
        else if (event !== undefined) onEvent(withRelativePath(event, root));
      };
      const args = ['--feedback', url, ...folder, '--json'];
      const result = await run(paths.train, args, { onLine, signal });
      if (done !== undefined && result.exitCode === 0) return done;
      throw failure(result, root);
    },
    compare: (task, version, signal) => runGate(task, version, ['--dry-run'], signal),
    promote: (task, version, signal) => runGate(task, version, [], signal),
  };
}

/** The error message of the command itself, or else its exit code and the end of its stderr. */
function failure({ exitCode, stderr }: CommandResult, root: string): AppError {
  const errorLine = stderr.split('\n').findLast(line => /^error [\w-]+: /.test(line));
  const message =
    errorLine === undefined
      ? [`it ended with exit code ${exitCode}`, summarizeStderr(lastLine(stderr))]
          .filter(part => part !== '')
          .join(': ')
      : summarizeStderr(errorLine.replace(/^error [\w-]+: /, '').replaceAll(`${root}/`, ''));
  return new AppError('trainer-failed', message);
}

/** A path relative to the workspace fits on the screen. */
function withRelativePath(event: TrainerEvent, root: string): TrainerEvent {
  if (event.type !== 'corrections' || event.suspectLabels === undefined) return event;
  const { count, page } = event.suspectLabels;
  return { ...event, suspectLabels: { count, page: page.replace(`${root}/`, '') } };
}

/** A stack trace stays whole: its error is not on its last line. */
function lastLine(stderr: string): string {
  if (/^\w*Error\b/m.test(stderr)) return stderr;
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}
