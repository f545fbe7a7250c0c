// Mouse reports in SGR form (xterm's modes 1006 and 1016): CSI < code ; x ; y, then M or m. Horizontal
// wheels and buttons beyond the third are not used.

export type MouseButton = 'left' | 'middle' | 'right' | 'none';
export type WheelDirection = 'up' | 'down';

/** A character cell, counted from (0, 0) in the top left corner of the screen. */
export interface Cell {
  readonly column: number;
  readonly row: number;
}

/**
 * The position in cells from the top left corner of the screen: an integer stands for the whole cell,
 * a fraction for a point in it, from a terminal that reports pixels. Many terminals keep Shift for
 * themselves.
 */
interface MousePlace {
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

export type MouseEvent = MousePlace &
  (
    | { readonly type: 'press' | 'release' | 'motion'; readonly button: MouseButton }
    | { readonly type: 'wheel'; readonly button: 'none'; readonly direction: WheelDirection }
  );

/** The bits of a report's code: ctlseqs, "Mouse Tracking". */
const buttonBits = 0b11;
const shiftBit = 0b100;
const altBit = 0b1000;
const ctrlBit = 0b1_0000;
const motionBit = 0b10_0000;
const wheelBit = 0b100_0000;
const extraButtonBit = 0b1000_0000;

const buttons = ['left', 'middle', 'right', 'none'] as const;
const wheelDirections = ['up', 'down', undefined, undefined] as const;

/**
 * At most five digits a field: no screen has 100,000 columns or pixels, and no sum can overflow. Some
 * terminals report negative pixels beside the window.
 */
const report = /^<(\d{1,3});(-?\d{1,5});(-?\d{1,5})$/;

/**
 * Parses a mouse report. Its numbers are taken for cells; the report does not show whether they are
 * pixels.
 * @param parameters between CSI and the final character, for example `<0;12;5`, counted from 1
 * @param final M for a press, motion or wheel, m for a release
 * @returns undefined if it is not a report, or one of an unused button or wheel
 */
export function parseMouseReport(parameters: string, final: 'M' | 'm'): MouseEvent | undefined {
  const fields = report.exec(parameters);
  if (fields === null) return undefined;
  const [code = 0, x = 0, y = 0] = fields.slice(1).map(Number);
  if (code & extraButtonBit) return undefined;
  const place: MousePlace = {
    x: x - 1,
    y: y - 1,
    shift: (code & shiftBit) !== 0,
    alt: (code & altBit) !== 0,
    ctrl: (code & ctrlBit) !== 0,
  };
  if (code & wheelBit) return wheelEvent(code, place);
  const button = buttons[code & buttonBits] ?? 'none';
  if (final === 'm') return { type: 'release', button, ...place };
  return { type: code & motionBit ? 'motion' : 'press', button, ...place };
}

function wheelEvent(code: number, place: MousePlace): MouseEvent | undefined {
  const direction = wheelDirections[code & buttonBits];
  return direction && { type: 'wheel', button: 'none', direction, ...place };
}
