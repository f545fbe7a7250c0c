// What the service and its tools do when what they print cannot be written.

import { failedExitCode } from './startup-failure.ts';

/** As after SIGPIPE: the reader of the output has closed it. */
const pipeClosedExitCode = 141;

/** Ends the process with the reason instead of a stack trace; without one where the reader has closed the output. */
export function exitWhenOutputEnds(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(pipeClosedExitCode);
    process.stderr.write(`The output cannot be written: ${message}.\n`);
    process.exit(failedExitCode);
  });
  // There is nowhere to report it.
  process.stderr.on('error', () => {});
}
