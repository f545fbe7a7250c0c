// The threads that take a run's steps together: this one, and worker threads where there are more.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { KernelHandle } from '../../engine/kernels/kernels.ts';
import { NnError } from '../../errors.ts';
import type { SharedRun } from './shared-run.ts';
import type { Step } from './step.ts';
import {
  announceStep,
  type Control,
  createControl,
  takeTasks,
  waitForTasks,
} from './step-barrier.ts';
import { createStepWork } from './step-stages.ts';

export interface Team {
  /** Settled when the other threads can take tasks; this one takes them all until then. */
  readonly ready: Promise<unknown>;
  /**
   * One step, on all threads.
   *
   * @throws NnError `thread-lost` when a thread has ended; what the step writes is then undefined
   */
  readonly take: (step: Step) => Promise<void>;
  /** Ends the other threads; nothing can be taken any more. */
  readonly stop: () => Promise<void>;
}

export interface ThreadMessage {
  readonly share: KernelHandle;
  /** without kernels, which no message can carry */
  readonly run: Omit<SharedRun, 'kernels'>;
  readonly control: Control;
  readonly thread: number;
}

/** How long to sleep before looking whether the others are still alive. */
const checkMs = 50;

/**
 * @param start starts one of the other threads
 * @throws NnError `invalid-options` when there are to be more threads, but arrays are not shared
 */
export function createTeam(run: SharedRun, start = startThread): Team {
  const work = createStepWork(run, 0);
  const control = createControl(work.length, run.threads);
  const crew = startCrew(run, control, start);
  return {
    ready: crew.ready,
    async take(step) {
      crew.check();
      const number = announceStep(control, step);
      for (const [index, stage] of work.entries()) {
        takeTasks(control, index, stage, step, 0, number);
        const count = stage.countOf(step);
        while (!waitForTasks(control, index, count, number, checkMs)) {
          await nextTurn();
          crew.check();
        }
      }
    },
    stop: crew.end,
  };
}

interface Crew {
  readonly ready: Promise<unknown>;
  /** @throws NnError `thread-lost` */
  readonly check: () => void;
  readonly end: () => Promise<void>;
}

function startThread(message: ThreadMessage): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData: message });
}

function startCrew(
  { kernels, ...run }: SharedRun,
  control: Control,
  start: typeof startThread,
): Crew {
  let lost: NnError | null = null;
  const lose = (how: string, cause?: unknown) => {
    lost ??= new NnError(
      'thread-lost',
      `a thread of the training ${how}: go on from the checkpoint with --resume`,
      { cause },
    );
  };
  const workers = Array.from({ length: run.threads - 1 }, (_, i) => {
    const worker = start({ share: shareOf(kernels.createHandle), run, control, thread: i + 1 });
    worker.once('error', error => lose(`failed with "${error.message}"`, error));
    worker.once('exit', code => lose(`ended with code ${code}`));
    return worker;
  });
  return {
    ready: Promise.all(workers.map(isReadyOrLost)),
    check() {
      if (lost) throw lost;
    },
    async end() {
      await Promise.all(workers.map(worker => worker.terminate()));
    },
  };
}

function isReadyOrLost(worker: Worker): Promise<void> {
  return new Promise(resolve => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
  });
}

function shareOf(share: (() => KernelHandle) | undefined): KernelHandle {
  if (share) return share();
  throw new NnError(
    'invalid-options',
    'more than one thread needs kernels whose arrays are shared',
  );
}
