// The size of the terminal's window.

import type { WindowSize } from '../state/terminal.ts';

/** Some terminals, as on a serial line, report no size; they are taken for 80×24. */
export function windowSize({ columns, rows }: Partial<WindowSize>): WindowSize {
  return { columns: columns || 80, rows: rows || 24 };
}
