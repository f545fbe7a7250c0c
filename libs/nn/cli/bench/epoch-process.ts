// node epoch-process.ts FOLDER plain|augmented|adamw|target THREADS: trains one epoch, or until 98 % accuracy
// on the test images, in a separate process like the peers, so that its peak memory is that of training.
// The environment variable SEED is the seed, 1 by default. Prints one line of JSON.

import { loadMnist } from '../../src/data/mnist.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { usesWideVectors } from '../shared/environment.ts';
import { type EpochKind, type EpochResult, runEpoch, runToAccuracy } from './epoch.ts';

/** The output of this process. */
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
const options = { kernels, threads, seed };
const outcome =
  kind === 'target'
    ? await runToAccuracy(data, 0.98, options)
    : await runEpoch(data.training, kind as EpochKind, options);
const result: OwnEpochResult = {
  ...outcome,
  engine: description,
  peakResidentBytes: 1024 * process.resourceUsage().maxRSS,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
