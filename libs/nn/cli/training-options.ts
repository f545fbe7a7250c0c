// The options of nn:train, parsed and checked before anything is read or written.
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import { type ProfileName, profiles } from '../src/train/profiles.ts';
import { createCommand } from './command.ts';
import { modelsFolder } from './models-folder.ts';

/** More find nothing to do: a step has not many more tasks. */
const mostThreads = 64;

export interface TrainingCommandOptions {
  readonly profile: ProfileName;
  readonly seed: number;
  /** null: MNIST */
  readonly data: string | null;
  readonly out: string;
  readonly threads: number;
  readonly resume: boolean;
  readonly json: boolean;
}

/** @throws CommanderError, its message already printed */
export function parseTrainingOptions(argv: readonly string[]): TrainingCommandOptions {
  return createCommand('train', 'Trains a network, measures it, and writes it down.')
    .addOption(
      new Option('--profile <name>', 'how large and how long')
        .choices(Object.keys(profiles))
        .default('standard'),
    )
    .option('--seed <number>', 'same seed, same model to the byte', parseSeed, 1)
    .addOption(
      new Option('--data <folder>', 'four IDX files, plain or gzipped').default(null, 'MNIST'),
    )
    .addOption(
      new Option('--out <folder>', 'where the model and champion.json go').default(
        modelsFolder,
        'models',
      ),
    )
    .option(
      '--threads <number>',
      'how many compute; the result is the same on any number',
      parseThreads,
      Math.min(mostThreads, availableParallelism()),
    )
    .option('--resume', 'go on from the checkpoint of an interrupted run', false)
    .option('--json', 'one event a line on stdout, for programs', false)
    .parse(argv, { from: 'user' })
    .opts<TrainingCommandOptions>();
}

/** The command again, as a person would type it. */
export function describeCommand({ profile, seed, data }: TrainingCommandOptions): string {
  const from = data === null ? '' : ' --data DIR';
  return `npx nx run nn:train --profile ${profile} --seed ${seed}${from}`;
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (/^\d+$/.test(text) && threads >= 1 && threads <= mostThreads) return threads;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${mostThreads}.`);
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
}
