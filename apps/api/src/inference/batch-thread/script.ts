// Finds the script of a batch thread.

import { join } from 'node:path';

/** Its name in a folder of built code: entry.ts, built as an entry of its own. */
export const builtScript = 'batch-thread.js';

/** The path of the script beside the bundle that this module is built into, or beside this module. */
export function batchThreadScript(): string {
  const { filename, dirname } = import.meta;
  return join(dirname, filename.endsWith('.ts') ? 'entry.ts' : builtScript);
}
