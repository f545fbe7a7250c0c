// The command line and the environment, read once and checked.

import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };

/** Where the service of this workspace listens unless told otherwise. */
const DEFAULT_API_URL = 'http://127.0.0.1:8000';

/** For mistakes in the call, as the shell's own. */
export const USAGE_EXIT_CODE = 2;

export type CommandLine = {
  readonly apiUrl: string;
  /** Whether --api or DIGITS_API named the address. */
  readonly isApiChosen: boolean;
  /** NO_COLOR (no-color.org) is absent or empty. */
  readonly isColoured: boolean;
};

/**
 * Reads the arguments after the script's name, and the environment. Help and version are printed and end the process
 * with 0; a mistake is explained on stderr and ends it with 2.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const program = new Command('digits')
    .description(manifest.description)
    .version(manifest.version, '-V, --version')
    .addOption(
      new Option('--api <url>', 'the service to ask; where none answers, one is started')
        .env('DIGITS_API')
        .default(DEFAULT_API_URL)
        .argParser(parseApiUrl),
    )
    .addHelpText('after', '\nNO_COLOR is respected.')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE_EXIT_CODE))
    .parse(args, { from: 'user' });
  const { api } = program.opts<{ api: string }>();
  const { DIGITS_API, NO_COLOR } = process.env;
  const source = program.getOptionValueSource('api');
  return {
    apiUrl: api,
    isApiChosen: source === 'cli' || (source === 'env' && DIGITS_API !== ''),
    isColoured: NO_COLOR === undefined || NO_COLOR === '',
  };
}

/** An empty DIGITS_API is as good as none. */
function parseApiUrl(value: string): string {
  if (value === '') return DEFAULT_API_URL;
  const isHttp = /^https?:$/.test(URL.parse(value)?.protocol ?? '');
  if (!isHttp) throw new InvalidArgumentError('It must be an http or https address.');
  return value;
}
