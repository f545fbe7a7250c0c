// What a person is told whose arguments are refused. Parsing waits for nothing, so it is done here and
// not in a process; that a command then ends with 2 is shown by one refusal of each.

import { CommanderError } from 'commander';

/** @returns what was written to stderr */
export function refusalOf(parse: () => unknown): string {
  const { stderr } = process;
  const write = stderr.write;
  let told = '';
  stderr.write = (text: string | Uint8Array) => {
    told += text;
    return true;
  };
  try {
    parse();
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode !== 0) return told;
    throw error;
  } finally {
    stderr.write = write;
  }
  throw new Error('The arguments were not refused.');
}
