// The program: reads the command line and runs the app, which needs a terminal, or the doctor. It is
// bundled to dist/, which is as deep as this folder: ../../../ is the workspace from both.

import { fileURLToPath } from 'node:url';
import { isAppError } from './app-error.ts';
import { noTerminalText, readCommandLine, usageExitCode } from './command-line.ts';
import { programsInWorkspace } from './programs.ts';
import { runApp } from './run-app.ts';

const { stdin, stdout, stderr } = process;
const commandLine = readCommandLine(process.argv.slice(2));

if (commandLine.isDoctor) {
  const { runDoctor } = await import('./commands/doctor/run-doctor.ts');
  await runDoctor(commandLine);
} else if (stdin.isTTY && stdout.isTTY) {
  const workspace = fileURLToPath(new URL('../../../', import.meta.url));
  try {
    runApp({ ...commandLine, programs: programsInWorkspace(workspace) });
  } catch (error) {
    // Reported before the terminal is changed.
    if (!isAppError(error, 'session')) throw error;
    stderr.write(`${error.message}\n`);
    process.exitCode = usageExitCode;
  }
} else {
  stderr.write(noTerminalText({ stdin: stdin.isTTY, stdout: stdout.isTTY }));
  process.exitCode = usageExitCode;
}
