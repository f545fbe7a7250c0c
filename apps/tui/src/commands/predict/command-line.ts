// The command line of `npm run predict` and `digits predict`, read once and checked.

import type { Command } from 'commander';
import { apiOption, createTuiCommand } from '../../command-line.ts';
import type { Installation } from '../../installation.ts';

export interface PredictCommandLine {
  /** The address that --api or DIGITS_API names. */
  readonly apiUrl: string | undefined;
  /** Files and folders; `-` is stdin. None means stdin. */
  readonly paths: readonly string[];
  readonly isJson: boolean;
  readonly isExplained: boolean;
  /** Whether the subfolders of folders are read. */
  readonly isRecursive: boolean;
  /** The folder for the pictures after each step of the preprocessing. */
  readonly stepsFolder: string | undefined;
}

/** Help and version exit with 0; a mistake is reported on stderr and exits with 2. */
export function readPredictCommandLine(
  args: readonly string[],
  installation: Pick<Installation, 'calls' | 'version'>,
): PredictCommandLine {
  const program = createPredictCommand(installation).parse(args, { from: 'user' });
  const { api, json, explain, recursive, steps } = program.opts<Options>();
  return {
    apiUrl: api || undefined,
    paths: program.args,
    isJson: json === true,
    isExplained: explain === true,
    isRecursive: recursive === true,
    stepsFolder: steps,
  };
}

/** The command with its options, not parsed. */
export function createPredictCommand({
  calls,
  version,
}: Pick<Installation, 'calls' | 'version'>): Command {
  return createTuiCommand(calls.predict, version)
    .description('Prints the digit on each picture (PNG, JPEG or WebP), one line each.')
    .argument('[files...]', 'pictures, or folders of pictures; - or no file reads stdin')
    .addOption(apiOption())
    .option('-r, --recursive', 'also read subfolders')
    .option('--json', 'print one JSON document')
    .option(
      '--explain',
      'also show the network’s input, and the pixels that are evidence for and against',
    )
    .option(
      '--steps <dir>',
      'write the picture after each preprocessing step to this folder, as PNG files (one picture only)',
    )
    .addHelpText('after', '\nExit code: 1 if any picture could not be read, 2 for wrong usage.');
}

interface Options {
  readonly api?: string;
  readonly json?: true;
  readonly explain?: true;
  readonly recursive?: true;
  readonly steps?: string;
}
