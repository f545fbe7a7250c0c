// The command line of `npm run predict`, read once and checked.

import { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { apiOption, usageExitCode } from '../../command-line.ts';

export interface PredictCommandLine {
  /** The address that --api or DIGITS_API names. */
  readonly apiUrl: string | undefined;
  /** Files and folders; `-` is stdin. None means stdin. */
  readonly paths: readonly string[];
  readonly isJson: boolean;
  readonly isExplained: boolean;
}

/** Help and version end the process with 0, a mistake is explained on stderr and ends it with 2. */
export function readPredictCommandLine(args: readonly string[]): PredictCommandLine {
  const program = new Command('predict')
    .description('The digit on each picture (PNG, JPEG or WebP), a line each.')
    .version(manifest.version, '-V, --version')
    .argument('[files...]', 'files, or folders of pictures; - or none is stdin')
    .addOption(apiOption())
    .option('--json', 'one JSON document on stdout')
    .option('--explain', 'what the network saw, and which pixels spoke')
    .addHelpText('after', '\nExit code: 1 if any picture could not be read, 2 for a mistaken call.')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : usageExitCode))
    .parse(args, { from: 'user' });
  const { api, json, explain } = program.opts<{ api?: string; json?: true; explain?: true }>();
  return {
    apiUrl: api || undefined,
    paths: program.args,
    isJson: json === true,
    isExplained: explain === true,
  };
}
