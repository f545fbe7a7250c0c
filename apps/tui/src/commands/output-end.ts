// What a command does when its output cannot be written any more.

import { exitForOutput } from '../command-line.ts';

interface OutputProcess {
  readonly stdout: Pick<NodeJS.WriteStream, 'on'>;
  readonly stderr: Pick<NodeJS.WriteStream, 'on' | 'write'>;
  exit(code: number): void;
}

/**
 * Ends the process: without a message where the reader has closed the output, else with the reason, as on a
 * full disk. Without this, Node would print a stack trace.
 */
export function exitWhenOutputEnds({ stdout, stderr, exit }: OutputProcess = process): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => exitForOutput(error, { stderr, exit }));
  // There is nowhere to report it.
  stderr.on('error', () => {});
}
