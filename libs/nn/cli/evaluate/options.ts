// The options of nn:evaluate, parsed and checked before anything is read or written.

import { type Command, Option } from 'commander';
import { type CommandOutput, createCommand } from '../shared/command.ts';
import {
  dataOption,
  picturesOption,
  type SourceOptions,
  strokesOption,
} from '../shared/sources.ts';

/** The parsed options of nn:evaluate. */
export interface EvaluationCommandOptions extends SourceOptions {
  /** null: the champion */
  readonly model: string | null;
  /** test and validation images only */
  readonly quick: boolean;
  /** null: no report */
  readonly report: string | null;
  readonly json: boolean;
}

/** Parses the options. @throws CommanderError after printing its message */
export function parseEvaluationOptions(
  args: readonly string[],
  output: CommandOutput = process,
): EvaluationCommandOptions {
  return createEvaluationCommand(output)
    .parse(args, { from: 'user' })
    .opts<EvaluationCommandOptions>();
}

/** The command with its options, not parsed. */
export function createEvaluationCommand(output: CommandOutput): Command {
  return createCommand(
    'evaluate',
    'Measures a model on test and validation images, corrupted images, drawings, styles and outliers.',
    output,
  )
    .addOption(new Option('--model <file>', 'a .safetensors file').default(null, 'the champion'))
    .addOption(dataOption())
    .addOption(strokesOption())
    .addOption(picturesOption('further pictures of digits, whose last tenth is measured'))
    .option('--quick', 'test and validation images only', false)
    .addOption(
      new Option('--report <folder>', 'folder for report.html and evaluation.json').default(
        null,
        'no report',
      ),
    )
    .option('--json', 'one JSON document on stdout, for programs', false);
}
