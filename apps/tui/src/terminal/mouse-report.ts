// Mouse reports in SGR form (xterm's mode 1006): CSI < code ; column ; row, then M or m.
// One type for each thing a mouse does. Modifier keys are masked out: terminals keep them.

export type MouseButton = 'left' | 'middle' | 'right' | 'none' | 'extra';
export type WheelDirection = 'up' | 'down' | 'left' | 'right';

/** A character cell, counted from (0, 0) in the top left corner of the screen. */
export type Cell = { readonly column: number; readonly row: number };

export type MouseEvent =
  | { readonly kind: 'press'; readonly button: MouseButton; readonly cell: Cell }
  | { readonly kind: 'release'; readonly button: MouseButton; readonly cell: Cell }
  | { readonly kind: 'motion'; readonly button: MouseButton; readonly cell: Cell }
  | { readonly kind: 'wheel'; readonly direction: WheelDirection; readonly cell: Cell };

/** The bits of a report's code: ctlseqs, "Mouse Tracking". */
const BUTTON_BITS = 0b11;
const MOTION_BIT = 0b10_0000;
const WHEEL_BIT = 0b100_0000;
const EXTRA_BUTTON_BIT = 0b1000_0000;

const BUTTONS = ['left', 'middle', 'right', 'none'] as const;
const WHEEL_DIRECTIONS = ['up', 'down', 'left', 'right'] as const;

/** Up to five digits a field: no screen has 100,000 columns, and no sum can overflow. */
const REPORT = /^<(\d{1,3});(\d{1,5});(\d{1,5})$/;

/**
 * Reads what stands between CSI and the final character of a mouse report.
 * @param parameters for example `<0;12;5`; columns and rows are counted from 1 there.
 * @param final M for a press, motion or wheel, m for a release.
 * @returns undefined if that is no report: a field is missing, too long or zero.
 */
export function parseMouseReport(parameters: string, final: 'M' | 'm'): MouseEvent | undefined {
  const fields = REPORT.exec(parameters);
  if (fields === null) return undefined;
  const [code = 0, column = 0, row = 0] = fields.slice(1).map(Number);
  if (column === 0 || row === 0) return undefined;
  return eventOf(code, { column: column - 1, row: row - 1 }, final);
}

function eventOf(code: number, cell: Cell, final: 'M' | 'm'): MouseEvent {
  const index = code & BUTTON_BITS;
  if (code & WHEEL_BIT) return { kind: 'wheel', direction: WHEEL_DIRECTIONS[index] ?? 'up', cell };
  const button = code & EXTRA_BUTTON_BIT ? 'extra' : (BUTTONS[index] ?? 'none');
  if (final === 'm') return { kind: 'release', button, cell };
  return { kind: code & MOTION_BIT ? 'motion' : 'press', button, cell };
}
