// The options of nn:train, parsed and checked before anything is read or written.

import { availableParallelism } from 'node:os';
import { shownAddress } from '@digits/protocol/address';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { maxClasses } from '../../../src/inference/data-form.ts';
import { type ModelsFolder, ownFolder } from '../../../src/registry/models-folder.ts';
import { maxThreads } from '../../../src/training/options.ts';
import { type ProfileName, profiles } from '../../../src/training/profiles.ts';
import {
  type CommandOutput,
  collectValues,
  createCommand,
  programOf,
} from '../../shared/command.ts';
import { modelsOption } from '../../shared/environment.ts';
import type { Program } from '../../shared/program.ts';
import { dataOption, picturesOption, type SourceOptions } from '../../shared/sources.ts';

/** The parsed options of nn:train. */
export interface TrainingCommandOptions extends SourceOptions {
  readonly profile: ProfileName;
  /** path of a configuration file; null for the unchanged profile */
  readonly config: string | null;
  readonly seed: number;
  /** number of classes; null: as many as the labels require */
  readonly classes: number | null;
  /** file with the names of the classes; null: their labels */
  readonly classNames: string | null;
  readonly out: ModelsFolder;
  /** source of the corrections; true for the default source, null for none */
  readonly feedback: string | true | null;
  /** model files of teachers, for distillation */
  readonly teacher: readonly string[];
  /** model file whose weights the training starts from; null for random weights */
  readonly initial: string | null;
  /** the weights that a training on corrections starts from */
  readonly from: 'champion' | 'scratch';
  /** ids of corrections that are trained on although their label is suspect */
  readonly confirm: 'all' | readonly string[];
  readonly threads: number;
  /** checks the corrections and trains nothing */
  readonly dryRun: boolean;
  readonly resume: boolean;
  /** pictures that are answered during the training */
  readonly probe: readonly string[];
  /** steps between two answers */
  readonly probeEvery: number;
  /** whether checkpoints and the version are written */
  readonly save: boolean;
  /** prints lines also where the training screen could be shown */
  readonly plain: boolean;
  readonly json: boolean;
  /** emits further events and reads commands from stdin */
  readonly watch: boolean;
  /** for commands in messages */
  readonly program: Program;
}

/** Whether the training starts from the champion's weights. */
export function isFineTuning({
  feedback,
  from,
}: Pick<TrainingCommandOptions, 'feedback' | 'from'>): boolean {
  return feedback !== null && from === 'champion';
}

/** Parses the options. @throws CommanderError after printing its message */
export function parseTrainingOptions(
  args: readonly string[],
  output: CommandOutput = process,
): TrainingCommandOptions {
  const command = createTrainingCommand(output).parse(args, { from: 'user' });
  const options = { ...command.opts<TrainingCommandOptions>(), program: programOf(output) };
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli';
  if (options.feedback === null && ['from', 'confirm', 'dryRun'].some(isGiven)) {
    command.error('error: --from, --confirm and --dry-run require --feedback');
  }
  if (isFineTuning(options) && isGiven('profile')) {
    command.error('error: --profile requires --from scratch: fine-tuning keeps the layer sizes');
  }
  if (isFineTuning(options) && options.teacher.length > 0) {
    command.error('error: --teacher requires --from scratch: fine-tuning uses labels only');
  }
  if (isFineTuning(options) && options.initial !== null) {
    command.error('error: --initial requires --from scratch: fine-tuning starts from the champion');
  }
  if (options.data === null && ['classes', 'classNames'].some(isGiven)) {
    command.error('error: --classes and --class-names require --data');
  }
  if (options.watch && !options.json) command.error('error: --watch requires --json');
  if (!options.save && (options.resume || options.feedback !== null)) {
    command.error('error: --no-save cannot be combined with --resume or --feedback');
  }
  if (isGiven('probeEvery') && options.probe.length === 0) {
    command.error('error: --probe-every requires --probe');
  }
  return options;
}

/** The command with its options, not parsed. */
export function createTrainingCommand(output: CommandOutput): Command {
  const command = createCommand('train', 'Trains a network, evaluates it and saves it.', output);
  addTrainingOptions(command);
  addFeedbackOptions(command);
  command
    .addOption(
      modelsOption('--out <folder>', 'folder for the model and champion.json', programOf(output)),
    )
    .option(
      '--threads <number>',
      'worker threads; the result does not depend on their number',
      parseThreads,
      Math.min(maxThreads, availableParallelism()),
    )
    .option('--resume', 'continue from the checkpoint of an interrupted run', false)
    .option('--no-save', 'write neither checkpoints nor a model: a training to watch');
  return addWatchOptions(command);
}

function addWatchOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--probe <file>',
        'a picture (PNG, JPEG, WebP) that the network answers at the start, after every --probe-every ' +
          'batches and at the end; repeatable',
      )
        .argParser(collectValues)
        .default([], 'none'),
    )
    .option('--probe-every <batches>', 'batches between two answers', parseProbeEvery, 20)
    .option('--plain', 'lines instead of the training screen', false)
    .option('--json', 'one event per line on stdout (JSON Lines), for programs', false)
    .option(
      '--watch',
      'with --json: also filters and mistakes as events, and commands on stdin, whose end stops the training',
      false,
    );
}

function addTrainingOptions(command: Command): void {
  command
    .addOption(
      new Option('--profile <name>', 'size of the network and length of the training')
        .choices(Object.keys(profiles))
        .default('standard'),
    )
    .addOption(
      new Option(
        '--config <file>',
        'JSON file with training options (layers, phases, optimizer, augmentation, …) that replace ' +
          "the profile's",
      ).default(null, 'none'),
    )
    .option('--seed <number>', 'the same seed gives the same model, byte for byte', parseSeed, 1)
    .addOption(dataOption())
    .addOption(
      new Option('--classes <number>', 'number of classes of --data')
        .argParser(parseClasses)
        .default(null, 'as many as its labels require'),
    )
    .addOption(
      new Option(
        '--class-names <file>',
        'names of the classes of --data, one a line; classes with names are not digits',
      ).default(null, 'their labels'),
    )
    .addOption(
      new Option(
        '--strokes <folder>',
        'recorded pen strokes (.jsonl) to render and train on as well; repeatable',
      )
        .argParser(collectValues)
        .default([], 'none'),
    )
    .addOption(
      picturesOption('further pictures of digits, IDX images and labels, to train on as well'),
    )
    .addOption(
      new Option(
        '--teacher <file>',
        'a trained .safetensors model to distil, besides training on the labels; repeatable, ' +
          'the predictions are averaged',
      )
        .argParser(collectValues)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--initial <file>',
        'a trained .safetensors model of the same layers whose weights the training starts from',
      ).default(null, 'random weights'),
    );
}

function addFeedbackOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '--feedback [source]',
        'corrections to train on: a service ($DIGITS_API or port 8000 on this machine), or its export ' +
          'as a folder or .tar file',
      ).default(null, 'none'),
    )
    .addOption(
      new Option(
        '--from <weights>',
        'initial weights for training on corrections: fine-tuning the champion takes a minute or two',
      )
        .choices(['champion', 'scratch'])
        .default('champion'),
    )
    .addOption(
      new Option(
        '--confirm <ids>',
        'corrections to train on although their label is suspect: ids separated by commas, or all',
      )
        .argParser((ids: string) => (ids === 'all' ? ids : ids.split(',')))
        .default([], 'none'),
    )
    .option(
      '--dry-run',
      'only count the corrections and check their labels; train and write nothing',
      false,
    );
}

/** The shell command that repeats the training. */
export function describeCommand(options: TrainingCommandOptions): string {
  const { profile, config, seed, data, classes, classNames, strokes, pictures } = options;
  const { teacher, initial, feedback, from, confirm, out, program } = options;
  return [
    `${program.callOf('train')}${isFineTuning(options) ? '' : ` --profile ${profile}`}`,
    ...(config === null ? [] : [`--config ${quote(config)}`]),
    `--seed ${seed}`,
    ...feedbackOption(options),
    ...(feedback !== null && from === 'scratch' ? ['--from scratch'] : []),
    ...(confirm.length === 0 ? [] : [`--confirm ${quote([confirm].flat().join(','))}`]),
    ...(data === null ? [] : [`--data ${quote(data)}`]),
    ...(classes === null ? [] : [`--classes ${classes}`]),
    ...(classNames === null ? [] : [`--class-names ${quote(classNames)}`]),
    ...strokes.map(folder => `--strokes ${quote(folder)}`),
    ...pictures.map(folder => `--pictures ${quote(folder)}`),
    ...teacher.map(file => `--teacher ${quote(file)}`),
    ...(initial === null ? [] : [`--initial ${quote(initial)}`]),
    ...(out === program.models ? [] : [`--out ${quote(ownFolder(out))}`]),
  ].join(' ');
}

/** The option --feedback of a shell command, without the password of its address. */
export function feedbackOption({ feedback }: Pick<TrainingCommandOptions, 'feedback'>): string[] {
  if (feedback === null) return [];
  return [feedback === true ? '--feedback' : `--feedback ${quote(shownAddress(feedback))}`];
}

/** Quotes an argument for a shell if necessary. */
export function quote(text: string, platform = process.platform): string {
  // Of the shells of Windows only double quotes are known to all; paths cannot contain them.
  if (platform === 'win32') return /^[\w@%+=:,./\\-]+$/.test(text) ? text : `"${text}"`;
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function parseThreads(text: string): number {
  const threads = Number(text);
  if (/^\d+$/.test(text) && threads >= 1 && threads <= maxThreads) return threads;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${maxThreads}.`);
}

function parseClasses(text: string): number {
  const classes = Number(text);
  if (/^\d+$/.test(text) && classes >= 2 && classes <= maxClasses) return classes;
  throw new InvalidArgumentError(`Expected a whole number from 2 to ${maxClasses}.`);
}

function parseProbeEvery(text: string): number {
  const batches = Number(text);
  if (/^\d+$/.test(text) && batches >= 1) return batches;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
}
