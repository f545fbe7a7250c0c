// node epoch-process.ts FOLDER plain|augmented|adamw|target THREADS: one epoch, or as many as 98 %
// of the test images take, in a process of its own, as each peer has one, so that its peak of
// resident memory is that of a training. SEED, 1 if not set, is the training's. Prints one line of JSON.

import { usesWideVectors } from '../cli/shared/environment.ts';
import { loadMnist } from '../src/data/mnist.ts';
import { chooseKernels } from '../src/engine/kernels/choose.ts';
import { type EpochKind, type EpochResult, runEpoch, runToAccuracy } from './epoch.ts';

export interface OwnEpochResult extends EpochResult {
  readonly peakResidentBytes: number;
}

const [folder, kind, count] = process.argv.slice(2);
const threads = Number(count);
const { SEED = '1' } = process.env;
const seed = Number(SEED);
const data = await loadMnist(folder);
const { kernels, description } = chooseKernels(undefined, {
  isShared: threads > 1,
  wideVectors: usesWideVectors(),
});
const outcome =
  kind === 'target'
    ? await runToAccuracy(data, 0.98, kernels, threads, seed)
    : await runEpoch(data.training, kind as EpochKind, kernels, threads, seed);
const result: OwnEpochResult = {
  ...outcome,
  engine: description,
  peakResidentBytes: 1024 * process.resourceUsage().maxRSS,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
