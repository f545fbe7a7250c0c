// Who trains an epoch, as processes to start: ours, and the peers that are installed here.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EpochKind, EpochResult } from './epoch.ts';
import type { Goal } from './measurement.ts';

const execute = promisify(execFile);

export interface Contestant {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** whether the whole process is timed, from its start, rather than what it says of itself */
  readonly isTimedWhole: boolean;
}

/** What ours is compared in: an epoch of each kind, or the whole way to 98 %. */
export type Race = EpochKind | 'target';

export interface Peer {
  readonly name: string;
  readonly race: Race;
  /** the peer's time over ours */
  readonly goal: Goal;
  /** the same program with other thread counts; empty where it is not installed */
  readonly contestants: readonly Contestant[];
}

/**
 * @param seed of the first weights and the order of the images: 98 % comes an epoch sooner with one
 * than with another
 * @throws Error when the process fails or prints no JSON
 * @throws the signal's reason when it is aborted
 */
export async function runContestant<Result extends EpochResult>(
  { file, args, env, isTimedWhole }: Contestant,
  seed: number,
  signal: AbortSignal,
): Promise<Result> {
  try {
    const started = performance.now();
    const { stdout } = await execute(file, args, { env: { ...env, SEED: String(seed) }, signal });
    const seconds = (performance.now() - started) / 1000;
    const result = JSON.parse(stdout) as Result;
    return isTimedWhole ? { ...result, seconds } : result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

export function ourEpoch(folder: string, race: Race, threads: number): Contestant {
  return {
    name: `ours, ${race === 'target' ? 'to 98 %' : race}, ${threadCount(threads)}`,
    file: process.execPath,
    args: [pathOf('epoch-process.ts'), folder, race, String(threads)],
    env: process.env,
    isTimedWhole: race === 'target',
  };
}

export async function findPeers(folder: string): Promise<Peer[]> {
  const [numpy, torch] = await Promise.all([findPythons('numpy'), findPythons('torch')]);
  const numpyScript = (...args: string[]) => ['numpy_epoch.py', folder, ...args];
  return [
    {
      name: 'NumPy',
      race: 'plain',
      goal: { atLeast: 1.3 },
      contestants: pythonContestants('NumPy', numpy, () => numpyScript()),
    },
    {
      name: 'PyTorch',
      race: 'plain',
      goal: { atLeast: 1.3 },
      contestants: pythonContestants('PyTorch', torch, threads => [
        'torch_epoch.py',
        folder,
        `${threads}`,
      ]),
    },
    {
      name: 'PyTorch, AdamW, larger, not augmented',
      race: 'adamw',
      goal: { atLeast: 1 },
      contestants: pythonContestants('PyTorch, AdamW', torch, threads => [
        'torch_epoch.py',
        folder,
        `${threads}`,
        'adamw',
      ]),
    },
    {
      name: 'NumPy to 98 %',
      race: 'target',
      goal: { atLeast: 1.3 },
      contestants: pythonContestants('NumPy to 98 %', numpy, () => numpyScript('0.98')).map(
        contestant => ({ ...contestant, isTimedWhole: true }),
      ),
    },
    {
      name: 'TensorFlow.js wasm',
      race: 'plain',
      goal: { atLeast: 60 },
      contestants: isTensorFlowInstalled() ? [tensorFlow(folder)] : [],
    },
  ];
}

/** Every Python that has the module: the one on PATH need not be the system's, nor the faster. */
export async function findPythons(module: string): Promise<string[]> {
  const found = new Map<string, string>();
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      const where = `import sys, numpy, ${module}; print(sys.prefix)`;
      const { stdout } = await execute(python, ['-c', where]);
      if (!found.has(stdout)) found.set(stdout, python);
    } catch {
      // Not this one.
    }
  }
  return [...found.values()];
}

function pythonContestants(
  name: string,
  pythons: readonly string[],
  scriptWith: (threads: number) => readonly string[],
): Contestant[] {
  return pythons.flatMap(python =>
    [1, 2].map(threads => {
      const [script, ...args] = scriptWith(threads);
      return {
        name: `${name}, ${python}, ${threadCount(threads)}`,
        file: python,
        args: [pathOf(`peers/${script}`), ...args],
        env: pythonEnvironment(threads),
        isTimedWhole: false,
      };
    }),
  );
}

function threadCount(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

export function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
  // Where these two are set, for an older processor than this one, they would slow the peer down.
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

function tensorFlow(folder: string): Contestant {
  return {
    name: 'TensorFlow.js wasm',
    file: process.execPath,
    args: [pathOf('peers/tfjs-epoch.mjs'), folder],
    env: process.env,
    isTimedWhole: false,
  };
}

export function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
