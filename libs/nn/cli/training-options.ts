// The options of nn:train, parsed and checked before anything is read or written.
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, Option } from 'commander';
import { type ProfileName, profiles } from '../src/train/configuration.ts';
import { createCommand } from './command.ts';

export interface TrainingCommandOptions {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

const modelsFolder = fileURLToPath(new URL('../../../models', import.meta.url));

/** @throws CommanderError, its message already printed */
export function parseTrainingOptions(argv: readonly string[]): TrainingCommandOptions {
  return createCommand('train', 'Trains a network on MNIST and makes it the champion.')
    .addOption(
      new Option('--profile <name>', 'how large and how long')
        .choices(Object.keys(profiles))
        .default('standard'),
    )
    .option('--seed <number>', 'same seed, same model to the byte', parseSeed, 1)
    .option('--out <folder>', 'where the model and champion.json go', modelsFolder)
    .option('--json', 'one event a line on stdout, for programs', false)
    .parse(argv, { from: 'user' })
    .opts<TrainingCommandOptions>();
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
}
