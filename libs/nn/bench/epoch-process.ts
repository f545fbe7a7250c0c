// node epoch-process.ts FOLDER plain|augmented: one epoch in a process of its own, as each peer has
// one, so that its peak of resident memory is that of a training. Prints one line of JSON.
import { loadMnist } from '../src/data/mnist.ts';
import { profiles } from '../src/train/profiles.ts';
import { type EpochResult, runEpoch } from './epoch.ts';

export interface OwnEpochResult extends EpochResult {
  readonly peakResidentBytes: number;
}

const [folder, kind] = process.argv.slice(2);
const { training } = await loadMnist(folder);
const augmentation = kind === 'augmented' ? profiles.standard.augmentation : null;
const result: OwnEpochResult = {
  ...(await runEpoch(training, augmentation)),
  peakResidentBytes: 1024 * process.resourceUsage().maxRSS,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
