// nx run nn:train: reads MNIST, trains, measures on the test images, writes the champion.
import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { type Dataset, splitDataset } from '../src/data/dataset.ts';
import { loadMnist } from '../src/data/mnist.ts';
import { prepareSamples } from '../src/data/samples.ts';
import { NnError } from '../src/errors.ts';
import { type Measurement, measure } from '../src/evaluate/measure.ts';
import { loopKernels } from '../src/kernels/loops.ts';
import { type ChampionFile, saveChampion } from '../src/model-file/champion.ts';
import { encodeModel } from '../src/model-file/model-file.ts';
import type { Network } from '../src/network/network.ts';
import { preprocessing } from '../src/preprocess/preprocess.ts';
import { profiles } from '../src/train/configuration.ts';
import type { TrainingEvent } from '../src/train/events.ts';
import { train } from '../src/train/train.ts';
import { runCommand } from './command.ts';
import { parseTrainingOptions, type TrainingCommandOptions } from './training-options.ts';
import { count, createTrainingReport, percent } from './training-report.ts';

/** The last images of the training set choose; only the first are trained on. */
const validationCount = 5000;

await runCommand(async signal => {
  const options = parseTrainingOptions(process.argv.slice(2));
  await expectWritable(options.out);
  const configuration = profiles[options.profile];
  const mnist = await loadMnist();
  const [first, last] = splitDataset(mnist.training, mnist.training.count - validationCount);
  const stream = options.json ? process.stderr : process.stdout;
  const report = createTrainingReport(stream, configuration, first.count);
  report.say(
    `${configuration.layerSizes.join('-')} on ${count(first.count)} MNIST images, ` +
      `${count(last.count)} to validate · profile ${options.profile}, seed ${options.seed}, ` +
      `kernels ${loopKernels.name}`,
  );
  try {
    const events = train({
      configuration,
      seed: options.seed,
      kernels: loopKernels,
      training: prepareSamples(first),
      validation: prepareSamples(last),
      signal,
    });
    for await (const event of events) {
      report.show(event);
      if (event.type !== 'done') emit(options, event);
      else await finish(options, event.network, mnist.test, report.say);
    }
  } finally {
    report.end();
  }
});

/** Measures the finished network on the test images and writes it down as the champion. */
async function finish(
  options: TrainingCommandOptions,
  network: Network,
  testImages: Dataset,
  say: (line: string) => void,
): Promise<void> {
  const { profile, seed, out } = options;
  const test = measure(network, prepareSamples(testImages));
  say(`MNIST test set: ${percent(test.accuracy)} (${count(test.correct)} of ${count(test.count)})`);
  const bytes = encodeModel(network, {
    layerSizes: profiles[profile].layerSizes,
    preprocessing,
    temperature: 1,
    seed: String(seed),
    trainedOn: 'MNIST, the first 55,000 training images',
  });
  const champion = await saveChampion(out, `${profile}-${seed}`, bytes);
  say(`The champion is now ${champion.version}: ${relative('', `${out}/${champion.path}`)}`);
  emit(options, { type: 'done', test, champion });
}

type Emitted =
  | Exclude<TrainingEvent, { type: 'done' }>
  | { type: 'done'; test: Measurement; champion: ChampionFile };

function emit({ json }: TrainingCommandOptions, event: Emitted): void {
  if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** Fails before the training rather than after it. */
async function expectWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new NnError(
      'write-failed',
      `${folder} cannot be written to: name another folder with --out`,
      { cause },
    );
  }
}
