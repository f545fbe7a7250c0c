// Trains a small network to watch, with nn:train --watch as a child process that is answered line by line.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '@digits/files';
import type { TrainingConfiguration, TrainingEvent, WatchCommand } from '@digits/protocol';
import { assertTrainerPresent, type TrainerPrograms } from './assert-trainer-present.ts';
import { runInBackground } from './background-command.ts';
import { failure } from './trainer-client.ts';

/** A training to watch. */
export interface WatchTask {
  readonly configuration: TrainingConfiguration;
  readonly seed: number;
  /** The models folder, if the network is to be kept; the workspace's own if there is none. */
  readonly models: string | undefined;
}

/** What the caller does while the training runs. */
export interface WatchCallbacks {
  readonly onEvent: (event: TrainingEvent) => void;
  /** Called once, with a function that sends a command. */
  readonly onStart: (send: (command: WatchCommand) => void) => void;
}

export interface WatchClient {
  /**
   * Settles when the process has exited; an aborted signal ends it.
   * @throws AppError of the trainer; `trainer-stopped` if it was aborted
   */
  watch(task: WatchTask, callbacks: WatchCallbacks, signal: AbortSignal): Promise<void>;
}

/** Nothing is written, so it need not end by itself; a network that is kept takes longer. */
const stopTimeoutMs = 2000;

export function createWatchClient(programs: TrainerPrograms): WatchClient {
  return {
    async watch({ configuration, seed, models }, { onEvent, onStart }, signal) {
      assertTrainerPresent(programs);
      const { parseTrainingEvent } = await import('./watch-output.ts');
      await removeAbandonedFolders();
      const folder = await mkdtemp(join(tmpdir(), `digits-watch-${process.pid}-`));
      try {
        // The version of a network that is kept is named after this file.
        const file = join(folder, 'watched.json');
        await writeFile(file, JSON.stringify(configuration), { mode: 0o600 });
        const result = await runInBackground({
          program: programs.train,
          preload: programs.background,
          args: [
            ...['--profile', 'quick', '--config', file, '--seed', `${seed}`],
            ...['--no-save', '--json', '--watch'],
            ...(models === undefined ? [] : ['--out', models]),
          ],
          onLine: line => onEvent(parseTrainingEvent(line)),
          onStart: write => onStart(command => write(JSON.stringify(command))),
          signal,
          stopTimeoutMs,
        });
        if (result.exitCode !== 0) throw failure(result, programs.root);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** With the process that made it. */
const watchFolder = /^digits-watch-(\d{1,10})-\w+$/;

/** Removes the folders of apps that were killed. Those of other users cannot be removed, and stay. */
async function removeAbandonedFolders(): Promise<void> {
  const abandoned = (await readdir(tmpdir())).filter(name => {
    const [, pid] = watchFolder.exec(name) ?? [];
    return pid !== undefined && !isProcessAlive(Number(pid));
  });
  const paths = abandoned.map(name => join(tmpdir(), name));
  await Promise.allSettled(paths.map(path => rm(path, { recursive: true })));
}
