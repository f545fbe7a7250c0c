// Ends Nx with a command that was interrupted. Its pseudo-terminal passes Ctrl+C to the command alone, so
// that Nx would print a report of a failed task below what the command printed last, and exit with 1.

import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Generous for a signal that is answered at once. */
const maxAnswerDelayMs = 1000;

/**
 * Interrupts Nx, if it runs this command in its pseudo-terminal: it then prints nothing more and exits with
 * 130. Settles when Nx, before it exits, has ended its tasks.
 */
export async function endTaskRunner(command: NodeJS.Process): Promise<void> {
  const { env, argv, stdin, platform } = command;
  // A command that a task starts, such as a test, has the task's variables.
  const isTask =
    env['NX_TASK_TARGET_PROJECT'] === 'nn' &&
    env['NX_TASK_TARGET_TARGET'] === basename(argv[1] ?? '', '.ts');
  // Of nested Nx processes the last is the one that runs this command.
  const pid = Number(env['NX_INVOCATION_ANCESTOR_PIDS']?.split(',').at(-1));
  if (!isTask || !(pid > 1) || !stdin.isTTY || platform === 'win32') return;
  const isAnswered = new Promise(resolve => command.once('SIGTERM', resolve));
  command.kill(pid, 'SIGINT');
  await Promise.race([isAnswered, pause(maxAnswerDelayMs)]);
}
