// The bytes a terminal sends, cut into mouse events, keys and text, in the order they came.
// Pure but for what it holds between two pushes: an unfinished character or escape sequence.
// It reads mouse reports only; what a key sequence means is for Ink to say.

import { StringDecoder } from 'node:string_decoder';
import { type MouseEvent, parseMouseReport } from './mouse-report.ts';

export type Token =
  | { readonly kind: 'mouse'; readonly event: MouseEvent }
  /** One control character, or one whole escape sequence. */
  | { readonly kind: 'key'; readonly sequence: string }
  /** A run of printable characters; one keystroke or many. */
  | { readonly kind: 'text'; readonly text: string };

export type Tokenizer = {
  /** Takes the next bytes, cut anywhere, and returns the tokens they complete. */
  push(bytes: Uint8Array): Token[];
  /** Whether all that is held is an ESC, which may be the Escape key or a beginning. */
  isHoldingEscape(): boolean;
  /** Decides, after a while of silence, that a held ESC was the Escape key. */
  flushEscape(): Token[];
};

/** Longer sequences are dropped: the longest report is 19 characters, the longest key about 20. */
const MAX_SEQUENCE = 64;
const ESC = '\u{1b}';

/** What was found at one place: a token or nothing of worth, and where to read on. */
type Scan = { readonly token: Token | undefined; readonly next: number } | 'unfinished';

/** Makes a tokenizer that holds nothing yet. Never throws, whatever the bytes. */
export function createTokenizer(): Tokenizer {
  const decoder = new StringDecoder('utf8');
  let held = '';

  return {
    push(bytes) {
      const input = held + decoder.write(Buffer.from(bytes));
      held = '';
      const tokens: Token[] = [];
      for (let index = 0; index < input.length; ) {
        const scan = scanAt(input, index);
        if (scan === 'unfinished') {
          // One above the limit still tells, when the end comes, that the sequence is too long.
          held = input.slice(index, index + MAX_SEQUENCE + 1);
          break;
        }
        if (scan.token !== undefined) tokens.push(scan.token);
        index = scan.next;
      }
      return tokens;
    },
    isHoldingEscape: () => held === ESC,
    flushEscape() {
      if (held !== ESC) return [];
      held = '';
      return [{ kind: 'key', sequence: ESC }];
    },
  };
}

function scanAt(input: string, start: number): Scan {
  if (input[start] === ESC) return scanEscape(input, start);
  if (isControl(input, start)) return keyScan(input, start, start + 1);
  let end = start;
  while (end < input.length && !isControl(input, end)) end++;
  return { token: { kind: 'text', text: input.slice(start, end) }, next: end };
}

function scanEscape(input: string, start: number): Scan {
  const introducer = input[start + 1];
  if (introducer === undefined) return 'unfinished';
  if (introducer === '[' || introducer === 'O') return scanSequence(input, start);
  // Escape before a control character, another Escape among them, is a key of its own.
  if (isControl(input, start + 1)) return keyScan(input, start, start + 1);
  const character = String.fromCodePoint(input.codePointAt(start + 1) ?? 0);
  return keyScan(input, start, start + 1 + character.length);
}

/**
 * CSI and SS3 sequences: the introducer, then parameter and intermediate characters (0x20…0x3f),
 * then one final character (0x40…0x7e). Anything else breaks the sequence off: it is dropped and
 * the intruder is read for itself, so that a broken report never swallows a Ctrl+C.
 */
function scanSequence(input: string, start: number): Scan {
  const first = start + 2;
  // Linux consoles send function keys as ESC [ [ A.
  let index = input.startsWith('[[', start + 1) ? first + 1 : first;
  while (isWithin(input, index, 0x20, 0x3f)) index++;
  if (index >= input.length) return 'unfinished';
  if (!isWithin(input, index, 0x40, 0x7e)) return { token: undefined, next: index };
  const next = index + 1;
  if (next - start > MAX_SEQUENCE) return { token: undefined, next };
  const final = input[index];
  if (input.startsWith('[<', start + 1) && (final === 'M' || final === 'm')) {
    const event = parseMouseReport(input.slice(first, index), final);
    return { token: event && { kind: 'mouse', event }, next };
  }
  return keyScan(input, start, next);
}

function keyScan(input: string, start: number, next: number): Scan {
  return { token: { kind: 'key', sequence: input.slice(start, next) }, next };
}

/** C0 controls and DEL; NaN, beyond the end, is within nothing. */
function isControl(input: string, index: number): boolean {
  return isWithin(input, index, 0x00, 0x1f) || isWithin(input, index, 0x7f, 0x7f);
}

function isWithin(input: string, index: number, low: number, high: number): boolean {
  const code = input.charCodeAt(index);
  return code >= low && code <= high;
}
