// The message for refused arguments.

import { PassThrough } from 'node:stream';
import { CommanderError } from 'commander';
import type { CommandOutput } from '../../../cli/shared/command.ts';

/** @returns what a parser of options wrote to stderr */
export function refusalOf(
  parse: (args: readonly string[], output: CommandOutput) => unknown,
  args: readonly string[],
): string {
  const stderr = new PassThrough({ encoding: 'utf8' });
  try {
    parse(args, { stdout: new PassThrough(), stderr });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode !== 0) return stderr.read() ?? '';
    throw error;
  }
  throw new Error('The arguments were not refused.');
}
