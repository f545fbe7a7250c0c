// Who trains an epoch, as processes to start: ours, and the peers that are installed here.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EpochResult } from './epoch.ts';
import type { Goal } from './measurement.ts';

const execute = promisify(execFile);

export interface Contestant {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface Peer {
  readonly name: string;
  /** `atMost`: our time over the peer's; `atLeast`: the peer's over ours */
  readonly goal: Goal;
  /** the same program with other thread counts; empty where it is not installed */
  readonly contestants: readonly Contestant[];
}

/**
 * @throws Error when the process fails or prints no JSON
 * @throws the signal's reason when it is aborted
 */
export async function runContestant<Result extends EpochResult>(
  { file, args, env }: Contestant,
  signal: AbortSignal,
): Promise<Result> {
  try {
    const { stdout } = await execute(file, args, { env, signal });
    return JSON.parse(stdout) as Result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

export function ourEpoch(folder: string, kind: 'plain' | 'augmented'): Contestant {
  return {
    name: kind === 'plain' ? 'ours' : 'ours, augmented',
    file: process.execPath,
    args: [pathOf('epoch-process.ts'), folder, kind],
    env: process.env,
  };
}

export async function findPeers(folder: string): Promise<Peer[]> {
  const [numpy, torch] = await Promise.all([findPython('numpy'), findPython('torch')]);
  return [
    {
      name: 'NumPy',
      goal: { atMost: 1.8 },
      contestants: numpy ? pythonContestants('NumPy', numpy, 'numpy_epoch.py', folder) : [],
    },
    {
      name: 'PyTorch',
      goal: { atMost: 2.2 },
      contestants: torch ? pythonContestants('PyTorch', torch, 'torch_epoch.py', folder) : [],
    },
    {
      name: 'TensorFlow.js wasm',
      goal: { atLeast: 20 },
      contestants: isTensorFlowInstalled() ? [tensorFlow(folder)] : [],
    },
  ];
}

/** The first Python that has the module; the one on PATH need not be the system's. */
async function findPython(module: string): Promise<string | null> {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      await execute(python, ['-c', `import numpy, ${module}`]);
      return python;
    } catch {
      // Not this one.
    }
  }
  return null;
}

function pythonContestants(
  name: string,
  python: string,
  script: string,
  folder: string,
): Contestant[] {
  return [1, 2].map(threads => ({
    name: `${name}, ${threads === 1 ? '1 thread' : `${threads} threads`}`,
    file: python,
    args: [pathOf(`peers/${script}`), folder, String(threads)],
    env: pythonEnvironment(threads),
  }));
}

function pythonEnvironment(threads: number): NodeJS.ProcessEnv {
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
  };
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
