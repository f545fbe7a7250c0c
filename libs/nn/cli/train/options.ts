// The options of nn:train, parsed and checked before anything is read or written.

import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ProfileName, profiles } from '../../src/training/profiles.ts';
import { addTo, createCommand } from '../shared/command.ts';
import { modelsFolder } from '../shared/models-folder.ts';

/** More find nothing to do: a step has not many more tasks. */
const mostThreads = 64;

export interface TrainingCommandOptions {
  readonly profile: ProfileName;
  readonly seed: number;
  /** null: MNIST */
  readonly data: string | null;
  /** folders of recorded pen strokes */
  readonly strokes: readonly string[];
  readonly out: string;
  /** where corrections come from; true for the default source, null for none */
  readonly feedback: string | true | null;
  /** model files whose answers are learnt beside the labels */
  readonly teacher: readonly string[];
  /** which weights a training on corrections begins with */
  readonly from: 'champion' | 'scratch';
  /** ids of corrections that are right although they look wrong */
  readonly confirm: 'all' | readonly string[];
  readonly threads: number;
  readonly resume: boolean;
  readonly json: boolean;
}

/** @throws CommanderError, its message already printed */
export function parseTrainingOptions(argv: readonly string[]): TrainingCommandOptions {
  const command = createTrainingCommand().parse(argv, { from: 'user' });
  const options = command.opts<TrainingCommandOptions>();
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  if (options.feedback === null && (isGiven('from') || isGiven('confirm'))) {
    command.error('error: --from and --confirm go with --feedback');
  }
  if (options.feedback !== null && options.from === 'champion' && isGiven('profile')) {
    command.error('error: --profile goes with --from scratch: the champion has its own layers');
  }
  if (options.feedback !== null && options.from === 'champion' && options.teacher.length > 0) {
    command.error('error: --teacher goes with --from scratch: corrections are learnt as labels');
  }
  return options;
}

function createTrainingCommand(): Command {
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
      new Option(
        '--strokes <folder>',
        'recorded pen strokes (.jsonl) to draw and train on as well; may be given several times',
      )
        .argParser(addTo)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--teacher <file>',
        'a trained .safetensors model whose answers are learnt beside the labels; several, given ' +
          'one by one, answer with their mean',
      )
        .argParser(addTo)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--feedback [source]',
        'corrections to learn: a service ($DIGITS_API or port 8000 here), or its export as a ' +
          'folder or .tar file',
      ).default(null, 'none'),
    )
    .addOption(
      new Option(
        '--from <weights>',
        'what learns the corrections: the champion, in a minute or two',
      )
        .choices(['champion', 'scratch'])
        .default('champion'),
    )
    .addOption(
      new Option(
        '--confirm <ids>',
        'corrections that are right although they look wrong: ids with commas between them, or all',
      )
        .argParser((ids: string) => (ids === 'all' ? ids : ids.split(',')))
        .default([], 'none'),
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
    .option('--json', 'one event a line on stdout, for programs', false);
}

/** The command again, as a person would type it. */
export function describeCommand(options: TrainingCommandOptions): string {
  const { profile, seed, data, strokes, teacher, feedback, from, confirm, out } = options;
  const isFineTuning = feedback !== null && from === 'champion';
  return [
    `npx nx run nn:train${isFineTuning ? '' : ` --profile ${profile}`} --seed ${seed}`,
    ...(feedback === null ? [] : [`--feedback${feedback === true ? '' : ` ${quote(feedback)}`}`]),
    ...(feedback !== null && from === 'scratch' ? ['--from scratch'] : []),
    ...(confirm.length === 0 ? [] : [`--confirm ${quote([confirm].flat().join(','))}`]),
    ...(data === null ? [] : [`--data ${quote(data)}`]),
    ...strokes.map(folder => `--strokes ${quote(folder)}`),
    ...teacher.map(file => `--teacher ${quote(file)}`),
    ...(out === modelsFolder ? [] : [`--out ${quote(out)}`]),
  ].join(' ');
}

/** For a shell, where it needs to be. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
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
