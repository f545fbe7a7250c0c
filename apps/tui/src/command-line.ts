// The command line and the environment, read once and checked.

import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { type ThemeChoice, themes } from './state/settings.ts';
import type { ReplaySpeed } from './storage/session-replay.ts';

export interface CommandLine {
  /** The address that --api or DIGITS_API names. */
  readonly apiUrl: string | undefined;
  /** DIGITS_API_KEY, sent with every question. */
  readonly apiKey: string | undefined;
  /** Nothing but ASCII on the screen. */
  readonly isAscii: boolean;
  /** Over the theme of the settings. */
  readonly theme: ThemeChoice | undefined;
  /** Gives practice its order of digits. */
  readonly seed: number | undefined;
  readonly recordFile: string | undefined;
  readonly replayFile: string | undefined;
  readonly replaySpeed: ReplaySpeed;
  /** Say what the terminal can do instead of drawing. */
  readonly isDoctor: boolean;
  /** The doctor's report as one JSON document. */
  readonly isJson: boolean;
}

/**
 * Reads the arguments after the script's name, and the environment. Help and version are printed and end the process
 * with 0; a mistake is explained on stderr and ends it with 2.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const program = programOf().parse(args, { from: 'user' });
  const options = program.opts<Options>();
  return {
    // An empty DIGITS_API is as good as none.
    apiUrl: options.api || undefined,
    apiKey: process.env['DIGITS_API_KEY'] || undefined,
    isAscii: options.ascii ?? false,
    theme: options.theme,
    seed: options.seed,
    recordFile: options.record,
    replayFile: options.replay,
    replaySpeed: options.replaySpeed,
    isDoctor: options.doctor ?? false,
    isJson: options.json ?? false,
  };
}

interface Options {
  readonly api?: string;
  readonly ascii?: boolean;
  readonly theme?: ThemeChoice;
  readonly seed?: number;
  readonly record?: string;
  readonly replay?: string;
  readonly replaySpeed: ReplaySpeed;
  readonly doctor?: boolean;
  readonly json?: boolean;
}

function programOf(): Command {
  return new Command('digits')
    .description(manifest.description)
    .version(manifest.version, '-V, --version')
    .addOption(apiOption())
    .option('--ascii', 'no blocks and no other signs beyond ASCII')
    .addOption(new Option('--theme <theme>', 'light or dark').choices(themes))
    .addOption(
      new Option('--seed <number>', 'the order of digits in practice').argParser(parseSeed),
    )
    .option('--record <file>', 'write down what is typed and drawn, and the answers')
    .option('--replay <file>', 'play what was recorded')
    .addOption(
      new Option('--replay-speed <speed>', 'how fast')
        .choices(['recorded', 'max'])
        .default('recorded'),
    )
    .option('--doctor', 'say what this terminal can do, and what to change')
    .option('--json', 'with --doctor: one JSON document')
    .addHelpText('after', '\nNO_COLOR, FORCE_COLOR and DIGITS_API_KEY are respected.')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : usageExitCode));
}

function parseSeed(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** Where the service of this workspace listens unless told otherwise. */
export const defaultApiUrl = 'http://127.0.0.1:8000';

/** For mistakes in the call, as the shell's own. */
export const usageExitCode = 2;

/** Without it, and without DIGITS_API, there is no value. */
export function apiOption(): Option {
  return new Option(
    '--api <url>',
    `the service to ask (default: ${defaultApiUrl}, or one of our own)`,
  )
    .env('DIGITS_API')
    .argParser(parseApiUrl);
}

/** An empty DIGITS_API is as good as none, and stays empty. */
function parseApiUrl(value: string): string {
  if (value === '') return value;
  const isHttp = /^https?:$/.test(URL.parse(value)?.protocol ?? '');
  if (!isHttp) throw new InvalidArgumentError('It must be an http or https address.');
  return value;
}

/** @param isTerminal of each stream, whether it is a terminal */
export function noTerminalText(isTerminal: {
  readonly stdin: boolean;
  readonly stdout: boolean;
}): string {
  const missing = [
    ...(isTerminal.stdin ? [] : ['its input']),
    ...(isTerminal.stdout ? [] : ['its output']),
  ].join(' and ');
  return [
    `digits draws in a terminal, and ${missing} is none.`,
    'To read pictures without one: npm run predict -- FILE…, or pipe a picture into npm run predict.',
    'To see what a terminal lacks: npm start -- --doctor.',
    '',
  ].join('\n');
}
