// The processes that train an epoch: ours, and those of installed peers (other libraries).

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EpochKind, EpochResult } from './epoch.ts';
import type { Goal } from './measurement.ts';

const execute = promisify(execFile);

/** How to start a process that trains and prints an EpochResult. */
export interface TrainingProcess {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** whether the whole process is timed from outside, or it measures its own training time */
  readonly isTimedExternally: boolean;
}

/** What is timed: an epoch of some kind, or a training until 98 % accuracy on the test images. */
export type Workload = EpochKind | 'target';

/** A library to compare with. */
export interface Peer {
  readonly name: string;
  readonly workload: Workload;
  /** goal for the peer's time divided by ours */
  readonly goal: Goal;
  /** the same program with different thread counts; empty if the library is not installed */
  readonly processes: readonly TrainingProcess[];
}

/**
 * Runs a process to its end.
 *
 * @param seed of the initial weights and the order of the images, which affects the number of epochs to 98 %
 * @throws Error if the process fails or prints no JSON
 * @throws the signal's reason when it is aborted
 */
export async function runProcess<Result extends EpochResult>(
  { file, args, env, isTimedExternally }: TrainingProcess,
  seed: number,
  signal: AbortSignal,
): Promise<Result> {
  try {
    const started = performance.now();
    const { stdout } = await execute(file, args, { env: { ...env, SEED: String(seed) }, signal });
    const seconds = (performance.now() - started) / 1000;
    const result = JSON.parse(stdout) as Result;
    return isTimedExternally ? { ...result, seconds } : result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Our own training, in a process like the peers'. */
export function ownProcess(folder: string, workload: Workload, threads: number): TrainingProcess {
  return {
    name: `ours, ${workload === 'target' ? 'to 98 %' : workload}, ${threadCount(threads)}`,
    file: process.execPath,
    args: [pathOf('epoch-process.ts'), folder, workload, String(threads)],
    env: process.env,
    isTimedExternally: workload === 'target',
  };
}

/** @param folder the IDX files of MNIST */
export async function findPeers(folder: string): Promise<Peer[]> {
  const [numpy, torch] = await Promise.all([findPythons('numpy'), findPythons('torch')]);
  const numpyScript = (...args: string[]) => ['numpy_epoch.py', folder, ...args];
  return [
    {
      name: 'NumPy',
      workload: 'plain',
      goal: { atLeast: 1.3 },
      processes: pythonProcesses('NumPy', numpy, () => numpyScript()),
    },
    {
      name: 'PyTorch',
      workload: 'plain',
      goal: { atLeast: 1.3 },
      processes: pythonProcesses('PyTorch', torch, threads => [
        'torch_epoch.py',
        folder,
        `${threads}`,
      ]),
    },
    {
      name: 'PyTorch, AdamW, larger, not augmented',
      workload: 'adamw',
      goal: { atLeast: 1 },
      processes: pythonProcesses('PyTorch, AdamW', torch, threads => [
        'torch_epoch.py',
        folder,
        `${threads}`,
        'adamw',
      ]),
    },
    {
      name: 'NumPy to 98 %',
      workload: 'target',
      goal: { atLeast: 1.3 },
      processes: pythonProcesses('NumPy to 98 %', numpy, () => numpyScript('0.98')).map(one => ({
        ...one,
        isTimedExternally: true,
      })),
    },
    {
      name: 'TensorFlow.js wasm',
      workload: 'plain',
      goal: { atLeast: 60 },
      processes: isTensorFlowInstalled() ? [tensorFlow(folder)] : [],
    },
  ];
}

/** Finds Python interpreters with a module: the one on PATH and the system's, which may differ in speed. */
export async function findPythons(module: string): Promise<string[]> {
  const found = new Map<string, string>();
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      const where = `import sys, numpy, ${module}; print(sys.prefix)`;
      const { stdout } = await execute(python, ['-c', where]);
      if (!found.has(stdout)) found.set(stdout, python);
    } catch {
      // It is not installed there.
    }
  }
  return [...found.values()];
}

function pythonProcesses(
  name: string,
  pythons: readonly string[],
  scriptWith: (threads: number) => readonly string[],
): TrainingProcess[] {
  return pythons.flatMap(python =>
    [1, 2].map(threads => {
      const [script, ...args] = scriptWith(threads);
      return {
        name: `${name}, ${python}, ${threadCount(threads)}`,
        file: python,
        args: [pathOf(`peers/${script}`), ...args],
        env: pythonEnvironment(threads),
        isTimedExternally: false,
      };
    }),
  );
}

function threadCount(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

/** The environment of a Python process whose BLAS and OpenMP use the given number of threads. */
export function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
  // These two, if set for an older processor, would slow the peer down.
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...env } = process.env;
  return {
    ...env,
    OPENBLAS_NUM_THREADS: String(threads),
    OMP_NUM_THREADS: String(threads),
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

function isTensorFlowInstalled(): boolean {
  try {
    for (const part of ['core', 'layers', 'backend-wasm']) {
      import.meta.resolve(`@tensorflow/tfjs-${part}`);
    }
    return true;
  } catch {
    return false;
  }
}

function tensorFlow(folder: string): TrainingProcess {
  return {
    name: 'TensorFlow.js wasm',
    file: process.execPath,
    args: [pathOf('peers/tfjs-epoch.mjs'), folder],
    env: process.env,
    isTimedExternally: false,
  };
}

/** The absolute path of a file in this folder. */
export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
