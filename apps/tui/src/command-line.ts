// The command line and the environment, read once and checked.

import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { systemErrorText } from './app-error.ts';
import type { Calls, Installation } from './installation.ts';
import { type ThemeChoice, themes } from './state/settings.ts';
import type { ReplaySpeed } from './storage/session-replay.ts';

export interface CommandLine {
  /** The address that --api or DIGITS_API names. */
  readonly apiUrl: string | undefined;
  /** DIGITS_API_KEY, sent with every request. */
  readonly apiKey: string | undefined;
  /** Only ASCII on the screen. */
  readonly isAscii: boolean;
  /** Sentences for a screen reader instead of a picture. */
  readonly isScreenReader: boolean;
  /** Overrides the theme of the settings. */
  readonly theme: ThemeChoice | undefined;
  /** Of the order of digits in practice. */
  readonly seed: number | undefined;
  readonly recordFile: string | undefined;
  readonly replayFile: string | undefined;
  readonly replaySpeed: ReplaySpeed;
  /** Print the doctor's report instead of drawing. */
  readonly isDoctor: boolean;
  /** The doctor's report as one JSON document. */
  readonly isJson: boolean;
}

/**
 * The options that were parsed by the app's or the doctor's command, and the environment. Help and version are
 * printed and exit with 0; a mistake is reported on stderr and exits with 2.
 */
export function commandLineOf(program: Command): CommandLine {
  const options = program.opts<Options>();
  return {
    // An empty DIGITS_API counts as absent.
    apiUrl: options.api || undefined,
    apiKey: process.env['DIGITS_API_KEY'] || undefined,
    isAscii: options.ascii ?? false,
    isScreenReader: options.screenReader ?? false,
    theme: options.theme,
    seed: options.seed,
    recordFile: options.record,
    replayFile: options.replay,
    replaySpeed: options.replaySpeed ?? 'recorded',
    isDoctor: options.doctor ?? false,
    isJson: options.json ?? false,
  };
}

interface Options {
  readonly api?: string;
  readonly ascii?: boolean;
  readonly screenReader?: boolean;
  readonly theme?: ThemeChoice;
  readonly seed?: number;
  readonly record?: string;
  readonly replay?: string;
  readonly replaySpeed?: ReplaySpeed;
  readonly doctor?: boolean;
  readonly json?: boolean;
}

/** The app with its options, not parsed. */
export function createAppCommand({
  calls,
  version,
}: Pick<Installation, 'calls' | 'version'>): Command {
  return addTerminalOptions(createTuiCommand(calls.app, version))
    .description(manifest.description)
    .addOption(new Option('--theme <theme>', 'colour theme').choices(themes))
    .addOption(
      new Option('--seed <number>', 'seed for the order of the digits in practice').argParser(
        parseSeed,
      ),
    )
    .option('--record <file>', 'record the session: input and predictions')
    .option('--replay <file>', 'play a recorded session')
    .addOption(
      new Option('--replay-speed <speed>', 'speed of --replay')
        .choices(['recorded', 'max'])
        .default('recorded'),
    )
    .option('--doctor', 'report the capabilities of this terminal, with advice')
    .option('--json', 'with --doctor: print one JSON document')
    .addHelpText('after', '\nNO_COLOR, FORCE_COLOR and DIGITS_API_KEY are respected.');
}

/** The doctor as a command of its own, not parsed. */
export function createDoctorCommand({
  calls,
  version,
}: Pick<Installation, 'calls' | 'version'>): Command {
  return addTerminalOptions(createTuiCommand(calls.doctor, version))
    .description('Reports the capabilities of this terminal and the folders, with advice.')
    .option('--json', 'print one JSON document');
}

/** A command that exits with 0 after help and version, and with 2 after a mistake. */
export function createTuiCommand(call: string, version: string): Command {
  return new Command(call)
    .version(version)
    .showHelpAfterError('See --help.')
    .configureOutput({ outputError: (text, write) => write(withoutCredentials(text)) })
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => {
      const { errored } = process.stdout;
      if (errored) exitForOutput(errored);
      process.exit(exitCode === 0 ? 0 : usageExitCode);
    });
}

/** A wrong address is repeated in the error; its user and password are not. */
function withoutCredentials(text: string): string {
  return text.replace(/[^\s/'"]*:[^\s/'"]*@/g, '');
}

function addTerminalOptions(command: Command): Command {
  return command
    .addOption(apiOption())
    .option('--ascii', 'draw with ASCII characters only')
    .option(
      '--screen-reader',
      'print sentences for a screen reader instead of a picture (env: INK_SCREEN_READER=true)',
    );
}

function parseSeed(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** The default address of the service. */
export const defaultApiUrl = 'http://127.0.0.1:8000';

/** The exit code for wrong usage, as of the shell's own commands. */
export const usageExitCode = 2;

/** As after SIGPIPE: the reader of stdout has closed it. */
export const pipeClosedExitCode = 141;

/** The option that names a service; without it and DIGITS_API there is no value. */
export function apiOption(): Option {
  return new Option(
    '--api <url>',
    `address of the service (default: ${defaultApiUrl}, or an embedded service)`,
  )
    .env('DIGITS_API')
    .argParser(parseApiUrl);
}

/** An empty DIGITS_API counts as absent; it stays empty. */
function parseApiUrl(value: string): string {
  if (value === '') return value;
  const isHttp = /^https?:$/.test(URL.parse(value)?.protocol ?? '');
  if (!isHttp) throw new InvalidArgumentError('It must begin with http:// or https://.');
  // The address is shown as it is; URL.parse accepts control characters.
  if (/[\p{C}\s]/u.test(value)) {
    throw new InvalidArgumentError('It must not contain spaces or control characters.');
  }
  return value;
}

interface EndingProcess {
  readonly stderr: Pick<NodeJS.WriteStream, 'write'>;
  exit(code: number): void;
}

/** Ends the process whose output failed: without a message where its reader has closed it, else with the reason. */
export function exitForOutput(
  error: NodeJS.ErrnoException,
  { stderr, exit }: EndingProcess = process,
): void {
  const isClosed = error.code === 'EPIPE';
  if (!isClosed) stderr.write(`The output cannot be written: ${systemErrorText(error)}.\n`);
  exit(isClosed ? pipeClosedExitCode : usageExitCode);
}

/** @returns the error message for a start without a terminal, with what to use instead */
export function noTerminalText(
  isTerminal: { readonly stdin: boolean; readonly stdout: boolean },
  { predict, doctor }: Pick<Calls, 'predict' | 'doctor'>,
): string {
  // Without options the separator of npm is not needed.
  const piped = predict.replace(/ --$/, '');
  const missing = [
    ...(isTerminal.stdin ? [] : ['input']),
    ...(isTerminal.stdout ? [] : ['output']),
  ].join(' and ');
  return [
    `digits needs a terminal for its ${missing}.`,
    `To read pictures without one: ${predict} FILE…, or pipe a picture into ${piped}.`,
    `To examine a terminal: ${doctor}.`,
    '',
  ].join('\n');
}
