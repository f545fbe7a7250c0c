// How every command of this library starts and fails: arguments by commander, mistakes as one line
// with a stable code and exit code 2, an interruption as exit code 130.

import { Command, CommanderError } from 'commander';
import { NnError } from '../../src/errors.ts';

const interruptedExitCode = 130; // 128 + SIGINT
const mistakeExitCode = 2;
const nothingDoneExitCode = 1;

/** Nobody's mistake, but what was asked for cannot be done: exit code 1. */
export class NothingToDo extends NnError {}

/** A command that throws instead of ending the process, and hints at --help. */
export function createCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .allowExcessArguments(false)
    .showHelpAfterError(`(npx nx run nn:${name} -- --help lists the options)`)
    .exitOverride();
}

/** The parser of an option that may be given several times. */
export function addTo(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/**
 * Runs the command's work with a signal that Ctrl+C and SIGTERM abort, and turns what it throws
 * into a sentence and an exit code.
 */
export async function runCommand(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  // For good: a terminal and a task runner may each pass the same Ctrl+C on, the second one late.
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await work(controller.signal);
  } catch (error) {
    process.exitCode = report(error, controller.signal);
  }
}

function report(error: unknown, signal: AbortSignal): number {
  if (signal.aborted && error === signal.reason) {
    process.stderr.write('Interrupted.\n');
    return interruptedExitCode;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : mistakeExitCode;
  if (error instanceof NnError) {
    process.stderr.write(`error ${error.code}: ${error.message}\n`);
    return error instanceof NothingToDo ? nothingDoneExitCode : mistakeExitCode;
  }
  throw error;
}
