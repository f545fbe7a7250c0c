// The app as a function of its arguments: runs the app, which needs a terminal, or the doctor.

import type { Command } from 'commander';
import { isAppError } from './app-error.ts';
import {
  type CommandLine,
  commandLineOf,
  createAppCommand,
  noTerminalText,
  usageExitCode,
} from './command-line.ts';
import type { Installation } from './installation.ts';
import { runApp } from './run-app.ts';

/** Parses the arguments and runs the app. */
export async function main(args: readonly string[], installation: Installation): Promise<void> {
  await run(createAppCommand(installation).parse(args, { from: 'user' }), installation);
}

/** @param command the app's, parsed */
export async function run(command: Command, installation: Installation): Promise<void> {
  const commandLine = commandLineOf(command);
  if (commandLine.isDoctor) {
    const { runDoctor } = await import('./commands/doctor/run-doctor.ts');
    await runDoctor(commandLine, installation);
  } else draw(commandLine, installation);
}

/** Runs the app if there is a terminal; otherwise sets the exit code. */
function draw(commandLine: CommandLine, installation: Installation): void {
  const { stdin, stdout, stderr } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const isTerminal = { stdin: stdin.isTTY, stdout: stdout.isTTY };
    stderr.write(noTerminalText(isTerminal, installation.calls));
    process.exitCode = usageExitCode;
    return;
  }
  try {
    runApp({ ...commandLine, installation });
  } catch (error) {
    // Reported before the terminal is changed.
    if (!isAppError(error, 'session')) throw error;
    stderr.write(`${error.message}\n`);
    process.exitCode = usageExitCode;
  }
}
