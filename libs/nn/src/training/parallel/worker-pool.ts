// The threads of a training run: the calling thread and worker threads.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { KernelHandle, Kernels } from '../../engine/kernels/kernels.ts';
import { NnError } from '../../errors.ts';
import { ownFile, workerFile } from '../../own-files.ts';
import type { Step } from './stage.ts';
import { createStepStages } from './step.ts';
import {
  announceStep,
  createStepControl,
  runTasks,
  type StepControl,
  waitForTasks,
} from './step-barrier.ts';
import type { StepMemory } from './step-memory.ts';

/** The threads that run the steps of a training run. */
export interface WorkerPool {
  /** Settles when the worker threads have started; until then the calling thread runs all tasks. */
  readonly ready: Promise<unknown>;
  /**
   * Runs one step on all threads.
   *
   * @throws NnError `thread-lost` if a thread has ended; the arrays that the step writes are then undefined
   */
  readonly runStep: (step: Step) => Promise<void>;
  /** Terminates the worker threads; no step can be run afterwards. */
  readonly stop: () => Promise<void>;
}

/** The message that a worker thread starts with. */
export interface WorkerMessage {
  readonly handle: KernelHandle;
  readonly memory: StepMemory;
  readonly control: StepControl;
  /** from 1: the calling thread is 0 */
  readonly thread: number;
}

/** Interval at which the waiting calling thread checks that the workers are alive. */
const livenessCheckMs = 50;

/**
 * Starts the worker threads.
 *
 * @param memory has a gradient for each thread
 * @param start starts a worker thread
 * @throws NnError `invalid-options` for several threads without shared kernels
 */
export function createWorkerPool(
  kernels: Kernels,
  memory: StepMemory,
  start = startWorker,
): WorkerPool {
  const threads = memory.gradients.length;
  const stages = createStepStages(kernels, memory, 0);
  const control = createStepControl(stages.length, threads);
  const messages = Array.from({ length: threads - 1 }, (_, i) => ({
    handle: createHandle(kernels),
    memory,
    control,
    thread: i + 1,
  }));
  const workers = watchWorkers(messages.map(start));
  return {
    ready: workers.ready,
    async runStep(step) {
      workers.check();
      const stepNumber = announceStep(control, step);
      for (const [index, stage] of stages.entries()) {
        const execution = { stage, index, step, stepNumber };
        runTasks(control, execution, 0);
        while (!waitForTasks(control, execution, livenessCheckMs)) {
          await nextTurn();
          workers.check();
        }
      }
    },
    stop: workers.terminate,
  };
}

function startWorker(message: WorkerMessage): Worker {
  return new Worker(ownFile(workerFile), { workerData: message });
}

interface WatchedWorkers {
  readonly ready: Promise<unknown>;
  /** @throws NnError `thread-lost` if a worker has ended */
  readonly check: () => void;
  readonly terminate: () => Promise<void>;
}

function watchWorkers(workers: readonly Worker[]): WatchedWorkers {
  let lost: NnError | undefined;
  const lose = (how: string, cause?: unknown) => {
    lost ??= new NnError(
      'thread-lost',
      `a training thread ${how}: resume from the last checkpoint`,
      { cause },
    );
  };
  for (const worker of workers) {
    worker.once('error', error => lose(`failed with "${error.message}"`, error));
    worker.once('exit', code => lose(`ended with code ${code}`));
  }
  return {
    ready: Promise.all(workers.map(isReadyOrLost)),
    check() {
      if (lost) throw lost;
    },
    async terminate() {
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

function createHandle(kernels: Kernels): KernelHandle {
  if (kernels.createHandle) return kernels.createHandle();
  throw new NnError(
    'invalid-options',
    'several threads need kernels whose arrays are in shared memory',
  );
}
