// A command of the program.

import type { Command } from 'commander';

export interface ProgramCommand {
  readonly name: string;
  readonly summary: string;
  /** Settles when the command is done or, as a service, has started; sets the exit code. */
  readonly run: (args: readonly string[]) => Promise<void>;
  /** @returns the command with its options, not parsed, for the completion in a shell */
  readonly define: () => Promise<Command>;
}
