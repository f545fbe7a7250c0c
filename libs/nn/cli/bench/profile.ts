// Profiles an epoch on one thread: milliseconds in every kernel and in the remaining code.

import type { Dataset } from '../../src/data/dataset.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { panelWidth } from '../../src/engine/kernels/panels.ts';
import type { SparseMatmulShape } from '../../src/engine/kernels/sparse-rows.ts';
import { type EpochKind, runEpoch } from './epoch.ts';
import { announce, type BenchMeasurement, measurement, type Session } from './measurement.ts';

const kinds = ['plain', 'augmented'] as const satisfies EpochKind[];

/** Trains one epoch of each kind per run. The measurements of a kind are sorted, slowest first. */
export async function measureProfile(
  session: Session,
  kernels: Kernels,
  training: Dataset,
): Promise<BenchMeasurement[]> {
  const measured: BenchMeasurement[] = [];
  for (const kind of kinds) {
    const rows = new Map<string, number[]>();
    for (let run = 1; run <= session.runs; run++) {
      await announce(session, `profile, ${kind}`, run);
      const spent = new Map<string, number>();
      const { seconds } = await runEpoch(training, kind, {
        kernels: timed(kernels, spent),
        threads: 1,
        seed: run,
      });
      const inKernels = [...spent.values()].reduce((sum, ms) => sum + ms, 0);
      spent.set('everything else: images, random numbers, events', 1000 * seconds - inKernels);
      for (const [name, ms] of spent) rows.set(name, [...(rows.get(name) ?? []), ms]);
    }
    const all = [...rows].map(([name, ms]) => measurement(`${kind}: ${name}`, 'ms', ms));
    measured.push(...all.toSorted((a, b) => b.median - a.median));
  }
  return measured;
}

const names = [
  'packPanels',
  'packTransposedPanels',
  'compressRows',
  'transposeSparseRows',
  'sparseMatmul',
  'sumRows',
  'reluBackward',
  'softmaxCrossEntropy',
  'momentumStep',
  'average',
] as const satisfies (keyof Kernels)[];

/** Wraps kernels so that each adds the duration of its calls, in ms, to the entry with its name. */
function timed(kernels: Kernels, spent: Map<string, number>): Kernels {
  const wrapped = names.map(name => [name, timeCalls(name, kernels[name], spent)]);
  return { ...kernels, ...Object.fromEntries(wrapped) };
}

function timeCalls(
  name: string,
  kernel: (...args: never[]) => unknown,
  spent: Map<string, number>,
) {
  return (...args: never[]) => {
    const started = performance.now();
    const result = kernel(...args);
    const key = `${name}${shapeOf(args)}`;
    spent.set(key, (spent.get(key) ?? 0) + performance.now() - started);
    return result;
  };
}

/** The shape of a matrix product; empty for other kernels. */
function shapeOf(args: readonly unknown[]): string {
  const shape = args.find(
    (arg): arg is SparseMatmulShape =>
      typeof arg === 'object' && arg !== null && 'panelCount' in arg,
  );
  return shape ? ` ${shape.rows} × ${shape.depth} → ${shape.panelCount * panelWidth}` : '';
}
