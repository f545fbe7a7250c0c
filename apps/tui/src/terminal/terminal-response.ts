// What a terminal answers to the questions of terminal-queries.ts. The answers arrive among the
// keys, so the tokenizer reads them; whatever has an answer's form and says nothing is dropped.

/** What a terminal says of a mode (DECRPM): it does not know it, or how it is set. */
export type ModeSetting = 'unknown' | 'on' | 'off' | 'always-on' | 'always-off';

export type TerminalResponse =
  /** DECRPM, the answer to DECRQM. */
  | { readonly type: 'mode'; readonly mode: number; readonly setting: ModeSetting }
  /** Of one character cell, in pixels. */
  | { readonly type: 'cell-size'; readonly width: number; readonly height: number }
  /** The colour behind the text, each part 0…1. */
  | {
      readonly type: 'background';
      readonly red: number;
      readonly green: number;
      readonly blue: number;
    }
  /** DA1: every terminal answers it, in turn, so that what was asked before it is settled. */
  | { readonly type: 'device'; readonly attributes: readonly number[] };

const settings: readonly ModeSetting[] = ['unknown', 'on', 'off', 'always-on', 'always-off'];

const modePattern = /^\?(\d{1,5});(\d)\$y$/;
const cellSize = /^6;(\d{1,4});(\d{1,4})t$/;
const devicePattern = /^\?([\d;]{1,40})c$/;
const background = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})(?:\/[\da-f]{1,4})?$/i;

/** @param sequence what follows CSI, with the final character. */
export function parseCsiResponse(sequence: string): TerminalResponse | undefined {
  const mode = modePattern.exec(sequence);
  if (mode) return modeAnswer(Number(mode[1]), Number(mode[2]));
  const size = cellSize.exec(sequence);
  if (size) return cellSizeAnswer(Number(size[1]), Number(size[2]));
  const device = devicePattern.exec(sequence);
  if (device) return { type: 'device', attributes: (device[1] ?? '').split(';').map(Number) };
  return undefined;
}

/** @param content what stands between OSC and its terminator. */
export function parseOscResponse(content: string): TerminalResponse | undefined {
  const [, red, green, blue] = background.exec(content) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { type: 'background', red: share(red), green: share(green), blue: share(blue) };
}

function modeAnswer(mode: number, value: number): TerminalResponse | undefined {
  const setting = settings[value];
  return setting && { type: 'mode', mode, setting };
}

/** A cell without extent cannot be divided by. */
function cellSizeAnswer(height: number, width: number): TerminalResponse | undefined {
  return width > 0 && height > 0 ? { type: 'cell-size', width, height } : undefined;
}

/** One to four hexadecimal digits are a share of the most that so many can say. */
function share(digits: string): number {
  return Number.parseInt(digits, 16) / (16 ** digits.length - 1);
}
