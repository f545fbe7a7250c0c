// Learning as the app asks for it: train on a service's corrections, compare with the champion,
// promote. Commands of the workspace do the work, as child processes.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shownAddress } from '@digits/protocol/address';
import { AppError } from '../app-error.ts';
import type { Program } from '../programs.ts';
import type { Gate } from '../state/learning/gate.ts';
import { summarizeStderr } from '../untrusted-text.ts';
import { assertTrainerPresent, type TrainerPrograms } from './assert-trainer-present.ts';
import {
  type BackgroundCommand,
  type CommandResult,
  runInBackground,
} from './background-command.ts';
import type { CorrectionsChecked, TrainerEvent } from './trainer-event.ts';

export interface TrainingTask {
  /** The service that has the corrections. */
  readonly url: string;
  /** The models folder; the workspace's own if there is none. */
  readonly models: string | undefined;
  /** The ids of corrections whose label is right, though it looks wrong. */
  readonly confirmed: readonly string[];
}

export type TrainingResult = Extract<TrainerEvent, { type: 'done' }>;

/** Each @throws AppError; an aborted signal ends the process, with code `trainer-stopped`. */
export interface TrainerClient {
  /** Counts the corrections and checks their labels, as a training would, and trains nothing. */
  check(task: TrainingTask, signal: AbortSignal): Promise<CorrectionsChecked>;
  train(
    task: TrainingTask,
    onEvent: (event: TrainerEvent) => void,
    signal: AbortSignal,
  ): Promise<TrainingResult>;
  /** @param onProgress gets the fraction that is done, 0…1 */
  compare(
    task: TrainingTask,
    version: string,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Gate>;
  /**
   * Promotes a version that was compared. It is compared again only if a model or a set has changed.
   * @param onProgress gets the fraction of that comparison, 0…1
   * @returns the gate's result, with whether the version was promoted
   */
  promote(
    task: TrainingTask,
    compared: Gate,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Gate>;
}

/** For a last batch and a checkpoint, on a busy machine. */
const defaultStopTimeoutMs = 5000;

/** All processes can read the arguments of others, so an address with a password is a variable. */
function serviceOptions(url: string): { readonly args: string[]; readonly env: NodeJS.ProcessEnv } {
  return url === shownAddress(url)
    ? { args: ['--feedback', url], env: {} }
    : { args: ['--feedback'], env: { DIGITS_API: url } };
}

export function createTrainerClient(
  programs: TrainerPrograms,
  stopTimeoutMs = defaultStopTimeoutMs,
): TrainerClient {
  const { background: preload, root } = programs;

  function run(
    program: Program,
    args: readonly string[],
    rest: Pick<BackgroundCommand, 'env' | 'onLine' | 'signal'>,
  ): Promise<CommandResult> {
    assertTrainerPresent(programs);
    // A dry run writes nothing, so it need not end by itself, which it would do after its next set.
    const timeoutMs = args.includes('--dry-run') ? 0 : stopTimeoutMs;
    return runInBackground({ program, preload, args, stopTimeoutMs: timeoutMs, ...rest });
  }

  async function runGate(
    { url, models }: TrainingTask,
    args: readonly string[],
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Gate> {
    const { parseGateLine } = await import('./trainer-output.ts');
    let gate: Gate | undefined;
    const service = serviceOptions(url);
    const folder = models === undefined ? [] : ['--models', models];
    const onLine = (line: string) => {
      const parsed = parseGateLine(line);
      if (typeof parsed === 'number') onProgress(parsed);
      else gate = parsed;
    };
    const result = await run(
      programs.promote,
      [...args, ...service.args, ...folder, '--json', '--progress'],
      { env: service.env, onLine, signal },
    );
    // Exit code 1 means that the gate stops the version, which is a result.
    if (gate !== undefined && result.exitCode <= 1) return gate;
    throw failure(result, root);
  }

  async function runTraining(
    { url, models, confirmed }: TrainingTask,
    options: readonly string[],
    onEvent: (event: TrainerEvent) => void,
    signal: AbortSignal,
  ): Promise<CommandResult> {
    const { parseTrainerEvent } = await import('./trainer-output.ts');
    const folder = models === undefined ? [] : ['--out', models];
    const confirm = confirmed.length === 0 ? [] : ['--confirm', confirmed.join(',')];
    const onLine = (line: string) => {
      const event = parseTrainerEvent(line);
      if (event !== undefined) onEvent(event);
    };
    const service = serviceOptions(url);
    const args = [...service.args, ...folder, ...confirm, ...options, '--json'];
    return run(programs.train, args, { env: service.env, onLine, signal });
  }

  return {
    async check(task, signal) {
      let checked: CorrectionsChecked | undefined;
      const onEvent = (event: TrainerEvent) => {
        if (event.type === 'corrections') checked = event;
      };
      const result = await runTraining(task, ['--dry-run'], onEvent, signal);
      if (checked !== undefined && result.exitCode === 0) return checked;
      throw failure(result, root);
    },
    async train(task, onEvent, signal) {
      let done: TrainingResult | undefined;
      const listen = (event: TrainerEvent) => {
        if (event.type === 'done') done = event;
        else onEvent(event);
      };
      const result = await runTraining(task, [], listen, signal);
      if (done !== undefined && result.exitCode === 0) return done;
      throw failure(result, root);
    },
    compare: (task, version, onProgress, signal) =>
      runGate(task, [version, '--dry-run'], onProgress, signal),
    async promote(task, { version, document }, onProgress, signal) {
      const folder = await mkdtemp(join(tmpdir(), 'digits-compared-'));
      try {
        const file = join(folder, 'compared.json');
        await writeFile(file, document, { mode: 0o600 });
        return await runGate(task, [version, '--compared', file], onProgress, signal);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** The error message of the command itself, or else its exit code and the end of its stderr. */
export function failure({ exitCode, stderr }: CommandResult, root: string): AppError {
  const errorLine = stderr.split('\n').findLast(line => /^error [\w-]+: /.test(line));
  const message =
    errorLine === undefined
      ? [`it ended with exit code ${exitCode}`, summarizeStderr(lastLine(stderr))]
          .filter(part => part !== '')
          .join(': ')
      : summarizeStderr(errorLine.replace(/^error [\w-]+: /, '').replaceAll(`${root}/`, ''));
  return new AppError('trainer-failed', message);
}

/** A stack trace stays whole: its error is not on its last line. */
function lastLine(stderr: string): string {
  if (/^\w*Error\b/m.test(stderr)) return stderr;
  return stderr.trimEnd().split('\n').at(-1) ?? '';
}
