// The threads that take a run's steps together: this one, and worker threads where there are more.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { NnError } from '../errors.ts';
import type { KernelShare } from '../kernels/kernels.ts';
import {
  announceStage,
  type Control,
  createControl,
  takeTasks,
  waitForFinish,
  writeStep,
} from './control.ts';
import type { SharedRun } from './shared-run.ts';
import type { Stage, Step } from './step.ts';
import { createStepWork } from './step-work.ts';

export interface Team {
  /**
   * One stage of a step, on all threads.
   *
   * @throws NnError `thread-lost` when a thread has ended; what the stage writes is then undefined
   */
  readonly take: (stage: Stage, step: Step) => Promise<void>;
  /** Ends the other threads; nothing can be taken any more. */
  readonly stop: () => Promise<void>;
}

export interface ThreadMessage {
  readonly share: KernelShare;
  /** without kernels, which no message can carry */
  readonly run: Omit<SharedRun, 'kernels'>;
  readonly control: Control;
  readonly thread: number;
}

/** How long to sleep before looking whether the others are still alive. */
const checkMs = 50;

/** @throws NnError `invalid-options` when there are to be more threads, but arrays are not shared */
export function createTeam(run: SharedRun): Team {
  const work = createStepWork(run, 0);
  const control = createControl();
  const crew = startCrew(run, control);
  return {
    async take(stage, step) {
      crew.check();
      writeStep(control, step);
      announceStage(control, stage);
      takeTasks(control, work, stage);
      while (!waitForFinish(control, run.threads - 1, checkMs)) {
        await nextTurn();
        crew.check();
      }
    },
    stop: crew.end,
  };
}

interface Crew {
  /** @throws NnError `thread-lost` */
  readonly check: () => void;
  readonly end: () => Promise<void>;
}

function startCrew({ kernels, ...run }: SharedRun, control: Control): Crew {
  let lost: NnError | null = null;
  const lose = (how: string, cause?: unknown) => {
    lost ??= new NnError(
      'thread-lost',
      `a thread of the training ${how}: go on from the checkpoint with --resume`,
      { cause },
    );
  };
  const workers = Array.from({ length: run.threads - 1 }, (_, i) => {
    const message: ThreadMessage = { share: shareOf(kernels.share), run, control, thread: i + 1 };
    const worker = new Worker(new URL('./training-thread.ts', import.meta.url), {
      workerData: message,
    });
    worker.once('error', error => lose(`failed with "${error.message}"`, error));
    worker.once('exit', code => lose(`ended with code ${code}`));
    return worker;
  });
  return {
    check() {
      if (lost) throw lost;
    },
    async end() {
      await Promise.all(workers.map(worker => worker.terminate()));
    },
  };
}

function shareOf(share: (() => KernelShare) | null): KernelShare {
  if (share) return share();
  throw new NnError(
    'invalid-options',
    'more than one thread needs kernels whose arrays are shared',
  );
}
