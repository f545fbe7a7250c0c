// The terminal's responses to the queries of control-sequences.ts. They arrive among the keys, so the
// tokenizer reads them; one that is malformed is dropped.

/** The setting of a mode (DECRPM); `unknown`: the terminal does not know the mode. */
export type ModeSetting = 'unknown' | 'on' | 'off' | 'always-on' | 'always-off';

export type TerminalResponse =
  /** DECRPM, the response to DECRQM. */
  | { readonly type: 'mode'; readonly mode: number; readonly setting: ModeSetting }
  /** The size of a character cell in pixels. */
  | { readonly type: 'cell-size'; readonly width: number; readonly height: number }
  /** The background colour, each component 0…1. */
  | {
      readonly type: 'background';
      readonly red: number;
      readonly green: number;
      readonly blue: number;
    }
  /** DA1: every terminal responds to it, and in order, so that no earlier response is missing. */
  | { readonly type: 'device'; readonly attributes: readonly number[] };

const settings: readonly ModeSetting[] = ['unknown', 'on', 'off', 'always-on', 'always-off'];

const modePattern = /^\?(\d{1,5});(\d)\$y$/;
const cellSize = /^6;(\d{1,4});(\d{1,4})t$/;
const devicePattern = /^\?([\d;]{1,40})c$/;
const background = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i;

/** @param sequence what follows CSI, with the final character */
export function parseCsiResponse(sequence: string): TerminalResponse | undefined {
  const mode = modePattern.exec(sequence);
  if (mode) return modeResponse(Number(mode[1]), Number(mode[2]));
  const size = cellSize.exec(sequence);
  if (size) return cellSizeResponse(Number(size[1]), Number(size[2]));
  const device = devicePattern.exec(sequence);
  if (device) return { type: 'device', attributes: (device[1] ?? '').split(';').map(Number) };
  return undefined;
}

/** @param content between OSC and its terminator */
export function parseOscResponse(content: string): TerminalResponse | undefined {
  const [, red, green, blue] = background.exec(content) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { type: 'background', red: fraction(red), green: fraction(green), blue: fraction(blue) };
}

function modeResponse(mode: number, value: number): TerminalResponse | undefined {
  const setting = settings[value];
  return setting && { type: 'mode', mode, setting };
}

/** Pixels are divided by the size of a cell, so it must not be zero. */
function cellSizeResponse(height: number, width: number): TerminalResponse | undefined {
  return width > 0 && height > 0 ? { type: 'cell-size', width, height } : undefined;
}

/** One to four hexadecimal digits as a fraction of their greatest value. */
function fraction(digits: string): number {
  return Number.parseInt(digits, 16) / (16 ** digits.length - 1);
}
