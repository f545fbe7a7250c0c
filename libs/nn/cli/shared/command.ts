// The common part of all commands: streams, arguments (commander), and errors: one line with a stable code
// and exit code 2; exit code 130 if interrupted.

import { Command, CommanderError, Help, type Option } from 'commander';
import { NnError } from '../../src/errors.ts';
import { type CommandName, type Program, workspaceProgram } from './program.ts';
import { endTaskRunner } from './task-runner.ts';

const interruptedExitCode = 130; // 128 + SIGINT
const outputClosedExitCode = 141; // 128 + SIGPIPE
const mistakeExitCode = 2;
const nothingToDoExitCode = 1;

/** A terminal, a pipe or a file. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  /** width of a terminal */
  readonly columns?: number;
};

/** A terminal, or what another program writes. */
export type InputStream = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  /** of a terminal: whether every key is delivered at once, and Ctrl+C as a key */
  readonly setRawMode?: (isRaw: boolean) => unknown;
  /** lets the process end although the stream has not */
  readonly unref?: () => unknown;
};

/** The output streams of a command, and the program that it is a part of. */
export interface CommandOutput {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** by default the workspace's */
  readonly program?: Program;
}

/** Everything that a command gets from its process. */
export interface CommandContext extends CommandOutput {
  /** without the names of the interpreter and the script */
  readonly args: readonly string[];
  /** aborted by Ctrl+C and SIGTERM */
  readonly signal: AbortSignal;
  /** absent in a process without one */
  readonly stdin?: InputStream;
}

/** A command, independent of a process. Returns its exit code; undefined means 0. */
export type CommandFunction = (context: CommandContext) => Promise<number | undefined>;

/** Thrown if the options are valid but there is no data to work on: exit code 1. */
export class NothingToDo extends NnError {}

/** Thrown instead of the signal's reason, with what was kept. */
export class Interrupted extends Error {}

/** The signal's reason if an output cannot be written: its reader has closed it, as `head` does, or the disk is full. */
class OutputClosed extends Error {}

/** Creates a commander command that throws instead of exiting, and mentions --help in errors. */
export function createCommand(
  name: CommandName,
  description: string,
  output: CommandOutput,
): Command {
  const { callOf, separator, version } = programOf(output);
  const call = `${callOf(name)}${separator}`;
  return new Command(call)
    .description(description)
    .version(version)
    .allowExcessArguments(false)
    .showHelpAfterError(`(${call} --help lists the options)`)
    .exitOverride()
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: text => output.stdout.write(text),
      writeErr: text => output.stderr.write(text),
    });
}

/** The program that a command is a part of. */
export function programOf({ program = workspaceProgram }: CommandOutput): Program {
  return program;
}

/** Describes an option in the help, without the default of a flag, which is off. */
function describeOption(this: Help, option: Option): string {
  return option.isBoolean() ? option.description : new Help().optionDescription(option);
}

/** Parser for options that may be repeated. */
export function collectValues(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** The stream for text: stderr with --json, because stdout then contains only the document. */
export function textStream({ stdout, stderr }: CommandOutput, json: boolean): OutputStream {
  return json ? stderr : stdout;
}

/** Writes one line of JSON to stdout. */
export function writeJsonLine({ stdout }: CommandOutput, document: object): void {
  stdout.write(`${JSON.stringify(document)}\n`);
}

/** Runs a command and prints errors to stderr. @returns the exit code */
export async function executeCommand(
  command: CommandFunction,
  context: CommandContext,
): Promise<number> {
  try {
    return (await command(context)) ?? 0;
  } catch (error) {
    return reportError(error, context);
  }
}

/** How a command differs from a target of Nx in the workspace. */
export interface ProcessOptions {
  readonly args?: readonly string[];
  readonly program?: Program;
}

/** Runs a command with the streams of this process, and by default its arguments, and sets its exit code. */
export async function runAsProcess(
  command: CommandFunction,
  { args = process.argv.slice(2), ...options }: ProcessOptions = {},
): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  // Not `once`: a terminal and a task runner may both deliver the same Ctrl+C, one of them later.
  // SIGBREAK is Ctrl+Break on Windows.
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGBREAK', interrupt);
  const { stdout, stderr } = process;
  const { signal } = controller;
  for (const output of [stdout, stderr]) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) return;
      controller.abort(new OutputClosed());
      process.exitCode = error.code === 'EPIPE' ? outputClosedExitCode : mistakeExitCode;
      if (error.code === 'EPIPE' || output === stderr) return;
      const { code, message } = new NnError('write-failed', `stdout: ${error.message}`);
      stderr.write(`error ${code}: ${message}\n`);
    });
  }
  const exitCode = await executeCommand(command, {
    ...{ args, stdout, stderr, signal, ...options },
    // Opened only by commands that read it.
    get stdin() {
      return process.stdin;
    },
  });
  process.exitCode ??= exitCode;
  // A screen delivers Ctrl+C as a key, so that there is no signal.
  if (process.exitCode === interruptedExitCode) await endTaskRunner(process);
}

function reportError(error: unknown, { stderr, signal }: CommandContext): number {
  if (error instanceof Interrupted || (signal.aborted && error === signal.reason)) {
    if (signal.reason instanceof OutputClosed) return outputClosedExitCode;
    const kept = error instanceof Interrupted ? ` ${error.message}` : '';
    stderr.write(`Interrupted.${kept}\n`);
    return interruptedExitCode;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : mistakeExitCode;
  if (error instanceof NnError) {
    stderr.write(`error ${error.code}: ${error.message}\n`);
    return error instanceof NothingToDo ? nothingToDoExitCode : mistakeExitCode;
  }
  throw error;
}
