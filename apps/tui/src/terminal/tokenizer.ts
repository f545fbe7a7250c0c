// Splits the bytes from a terminal into mouse events, responses, keys, text and pasted text, in their
// order. Its only state is an unfinished character, escape sequence or paste between two pushes. Key
// sequences are left for Ink to interpret.

import { StringDecoder } from 'node:string_decoder';
import { type MouseEvent, parseMouseReport } from './mouse-report.ts';
import { parseCsiResponse, parseOscResponse, type TerminalResponse } from './terminal-response.ts';

export type Token =
  | { readonly type: 'mouse'; readonly event: MouseEvent }
  | { readonly type: 'response'; readonly response: TerminalResponse }
  /** One control character, or one whole escape sequence. */
  | { readonly type: 'key'; readonly sequence: string }
  /** A run of printable characters; one keystroke or many. */
  | { readonly type: 'text'; readonly text: string }
  /** A paste, cut off at a length that no text field takes. Of control characters it has \n and \t alone. */
  | { readonly type: 'paste'; readonly text: string };

export interface Tokenizer {
  /** Takes the next bytes, split anywhere. @returns the tokens that they complete */
  push(bytes: Uint8Array): Token[];
  /** Whether only an ESC is held: the Escape key, or the beginning of a sequence. */
  isHoldingEscape(): boolean;
  /** Takes a held ESC for the Escape key, to be called after a pause. */
  flushEscape(): Token[];
  /**
   * Whether a paste has begun and not ended. It is `interrupted` if it contains a Ctrl+C: that may be
   * pasted, or typed into a paste whose end is lost.
   */
  openPaste(): 'none' | 'open' | 'interrupted';
  /** Ends an open paste, to be called after a pause. @returns the paste; of an interrupted one Ctrl+C */
  endPaste(): Token[];
}

/** Longer sequences are dropped: the longest report, response and key have under 40 characters. */
const maxSequenceCharacters = 64;
/** The number of no OSC response is longer. */
const maxOscDigits = 4;

/** More than any text field takes; the paths of some hundred files. */
export const maxPasteCharacters = 32_768;

const esc = '\u{1b}';
const bell = '\u{7}';
const ctrlC = '\u{3}';
const pasteStart = `${esc}[200~`;
const pasteEnd = `${esc}[201~`;

/** The result of a scan: a token, or undefined for dropped input, and the index to continue at. */
type Scan = { readonly token: Token | undefined; readonly next: number } | 'unfinished';

/** The tokenizer never throws, for any bytes. */
export function createTokenizer(): Tokenizer {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let paste: OpenPaste | undefined;

  /** @returns the index behind the paste, or of the end of the input if it goes on */
  function readPaste(input: string, start: number, into: OpenPaste, tokens: Token[]): number {
    const end = input.indexOf(pasteEnd, start);
    if (end >= 0) {
      extendPaste(into, input.slice(start, end));
      paste = undefined;
      tokens.push(pasteToken(into));
      return end + pasteEnd.length;
    }
    held = beginningOfPasteEnd(input.slice(Math.max(start, input.length - pasteEnd.length)));
    extendPaste(into, input.slice(start, input.length - held.length));
    return input.length;
  }

  return {
    push(bytes) {
      const input = held + decoder.write(Buffer.from(bytes));
      held = '';
      const tokens: Token[] = [];
      for (let index = 0; index < input.length; ) {
        if (paste !== undefined) {
          index = readPaste(input, index, paste, tokens);
          continue;
        }
        const scan = scanAt(input, index);
        if (scan === 'unfinished') {
          held = boundHeld(input.slice(index));
          break;
        }
        index = scan.next;
        if (scan.token?.type === 'key' && scan.token.sequence === pasteStart) {
          paste = { text: '', isInterrupted: false };
        } else if (scan.token !== undefined) tokens.push(scan.token);
      }
      return tokens;
    },
    isHoldingEscape: () => held === esc && paste === undefined,
    flushEscape() {
      if (held !== esc || paste !== undefined) return [];
      held = '';
      return [{ type: 'key', sequence: esc }];
    },
    openPaste: () => (paste === undefined ? 'none' : paste.isInterrupted ? 'interrupted' : 'open'),
    endPaste() {
      if (paste === undefined) return [];
      const ended = paste;
      paste = undefined;
      held = '';
      return [ended.isInterrupted ? { type: 'key', sequence: ctrlC } : pasteToken(ended)];
    },
  };
}

interface OpenPaste {
  text: string;
  isInterrupted: boolean;
}

function extendPaste(paste: OpenPaste, text: string): void {
  paste.isInterrupted ||= text.includes(ctrlC);
  paste.text += text.slice(0, maxPasteCharacters - paste.text.length);
}

/** Terminals send a line break as a carriage return. */
function pasteToken({ text }: OpenPaste): Token {
  const lines = text.replace(/\r\n?/g, '\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it removes control characters
  return { type: 'paste', text: lines.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '') };
}

/** @returns the longest end of a text that begins the sequence which ends a paste */
function beginningOfPasteEnd(text: string): string {
  for (let start = 0; start < text.length; start++) {
    if (pasteEnd.startsWith(text.slice(start))) return text.slice(start);
  }
  return '';
}

/**
 * Bounds what is held of an unfinished sequence. One character above the limit suffices to see at its
 * end that it is too long; a final ESC may be half of that end.
 */
function boundHeld(sequence: string): string {
  if (sequence.length <= maxSequenceCharacters + 1) return sequence;
  return sequence.slice(0, maxSequenceCharacters + 1) + (sequence.endsWith(esc) ? esc : '');
}

function scanAt(input: string, start: number): Scan {
  if (input[start] === esc) return scanEscape(input, start);
  if (isControl(input, start)) return keyToken(input, start, start + 1);
  let end = start;
  while (end < input.length && !isControl(input, end)) end++;
  return { token: { type: 'text', text: input.slice(start, end) }, next: end };
}

function scanEscape(input: string, start: number): Scan {
  const introducer = input[start + 1];
  if (introducer === undefined) return 'unfinished';
  if (introducer === '[' || introducer === 'O') return scanCsiOrSs3(input, start);
  if (introducer === ']') return scanOsc(input, start);
  // An Escape before a control character, such as another Escape, is the Escape key; but terminals send
  // Alt+Backspace as ESC and one of its two characters.
  const isBackspace = introducer === '\u{7f}' || introducer === '\u{8}';
  if (isControl(input, start + 1) && !isBackspace) return keyToken(input, start, start + 1);
  const character = String.fromCodePoint(input.codePointAt(start + 1) ?? 0);
  return keyToken(input, start, start + 1 + character.length);
}

/**
 * CSI and SS3 sequences: the introducer, then parameter and intermediate characters (0x20…0x3f), then
 * one final character (0x40…0x7e). Any other character aborts the sequence: it is dropped and that
 * character is scanned by itself, so that a broken report never swallows a Ctrl+C.
 */
function scanCsiOrSs3(input: string, start: number): Scan {
  const first = start + 2;
  // rxvt sends keys with Shift as ESC [ 7 $, whose last character ends no other sequence.
  if (/^\[[2-8]\$/.test(input.slice(start + 1, start + 4)))
    return keyToken(input, start, start + 4);
  // Linux consoles send function keys as ESC [ [ A.
  let index = input.startsWith('[[', start + 1) ? first + 1 : first;
  while (isWithin(input, index, 0x20, 0x3f)) index++;
  if (index >= input.length) return 'unfinished';
  if (!isWithin(input, index, 0x40, 0x7e)) return { token: undefined, next: index };
  const next = index + 1;
  if (next - start > maxSequenceCharacters) return { token: undefined, next };
  if (input[start + 1] === '[') return csiToken(input, start, next);
  return keyToken(input, start, next);
}

/** A whole CSI sequence. No key has a private marker (< = > ?) or ends in t. */
function csiToken(input: string, start: number, next: number): Scan {
  const sequence = input.slice(start + 2, next);
  const final = sequence.at(-1);
  if (sequence.startsWith('<') && (final === 'M' || final === 'm')) {
    const event = parseMouseReport(sequence.slice(0, -1), final);
    return { token: event && { type: 'mouse', event }, next };
  }
  if (sequence === 'M') return skipLegacyMouseReport(input, next);
  if (!/^[<=>?]|t$/.test(sequence)) return keyToken(input, start, next);
  const response = parseCsiResponse(sequence);
  return { token: response && { type: 'response', response }, next };
}

/**
 * Skips a legacy mouse report: without mode 1006 it is CSI M and three characters from Space on, which
 * must not count as keys. In UTF-8 it cannot express columns after the 95th.
 */
function skipLegacyMouseReport(input: string, first: number): Scan {
  for (let index = first; index < first + 3; index++) {
    if (index >= input.length) return 'unfinished';
    if (isWithin(input, index, 0x00, 0x1f)) return { token: undefined, next: index };
  }
  return { token: undefined, next: first + 3 };
}

/**
 * Operating system commands (OSC), the form of some responses: ESC ], a number, a semicolon, text, and
 * BEL or ESC \\ at the end. Any other control character aborts it, as above. Without a number it is
 * the key Alt+].
 */
function scanOsc(input: string, start: number): Scan {
  const first = start + 2;
  let index = first;
  while (index < first + maxOscDigits && isWithin(input, index, 0x30, 0x39)) index++;
  if (index >= input.length) return 'unfinished';
  if (index === first || input[index] !== ';') return keyToken(input, start, first);
  while (index < input.length && !isControl(input, index)) index++;
  const next = oscEnd(input, index);
  if (next === 'unfinished') return next;
  if (next === index || index - start > maxSequenceCharacters) return { token: undefined, next };
  const response = parseOscResponse(input.slice(first, index));
  return { token: response && { type: 'response', response }, next };
}

/** @returns the index after the terminator at an index, or the index if there is none */
function oscEnd(input: string, index: number): number | 'unfinished' {
  if (input[index] === bell) return index + 1;
  if (index >= input.length || (input.startsWith(esc, index) && index + 1 >= input.length)) {
    return 'unfinished';
  }
  return input.startsWith(`${esc}\\`, index) ? index + 2 : index;
}

function keyToken(input: string, start: number, next: number): Scan {
  return { token: { type: 'key', sequence: input.slice(start, next) }, next };
}

/** C0 controls and DEL; false beyond the end, where the code is NaN. */
function isControl(input: string, index: number): boolean {
  return isWithin(input, index, 0x00, 0x1f) || isWithin(input, index, 0x7f, 0x7f);
}

function isWithin(input: string, index: number, low: number, high: number): boolean {
  const code = input.charCodeAt(index);
  return code >= low && code <= high;
}
