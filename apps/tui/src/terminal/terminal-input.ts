// The real terminal's input, forked: mouse events to a listener, keys to the stream Ink reads.
// Mouse modes live inside raw mode: on after it, off before it, whoever switches it and why.

import type { ReadStream, WriteStream } from 'node:tty';
import { MOUSE_OFF, MOUSE_ON } from './control-sequences.ts';
import { KeyStream } from './key-stream.ts';
import type { MouseEvent } from './mouse-report.ts';
import { createTokenizer, type Token } from './tokenizer.ts';

/** How long an ESC may wait for the rest of a sequence before it is the Escape key. */
const ESCAPE_TIMEOUT_MS = 30;

export type TerminalInputOptions = {
  readonly stdin: Pick<
    ReadStream,
    'on' | 'off' | 'setRawMode' | 'pause' | 'resume' | 'ref' | 'unref'
  >;
  readonly stdout: Pick<WriteStream, 'write'>;
  readonly onMouse: (event: MouseEvent) => void;
};

export type TerminalInput = {
  /** What Ink is given as its stdin. Nothing is read before Ink asks it for raw mode. */
  readonly keys: KeyStream;
  /** Gives the terminal back as it was. Once is enough; more does nothing. */
  release(): void;
};

/**
 * Takes the terminal's input at once and not only when Ink asks for it, which is after the first
 * frame: the terminal would echo into that frame whatever came before.
 */
export function createTerminalInput({
  stdin,
  stdout,
  onMouse,
}: TerminalInputOptions): TerminalInput {
  const tokenizer = createTokenizer();
  let escapeTimer: NodeJS.Timeout | undefined;
  let isTaken = false;

  function deliver(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (token.kind === 'mouse') onMouse(token.event);
      else keys.write(token.kind === 'key' ? token.sequence : token.text);
    }
  }

  function onData(bytes: Buffer): void {
    clearTimeout(escapeTimer);
    deliver(tokenizer.push(bytes));
    if (!tokenizer.isHoldingEscape()) return;
    escapeTimer = setTimeout(() => deliver(tokenizer.flushEscape()), ESCAPE_TIMEOUT_MS);
  }

  function take(): void {
    if (isTaken) return;
    isTaken = true;
    stdin.setRawMode(true);
    stdout.write(MOUSE_ON);
  }

  function read(): void {
    take();
    stdin.on('data', onData);
    stdin.resume();
  }

  function release(): void {
    if (!isTaken) return;
    isTaken = false;
    stdout.write(MOUSE_OFF);
    clearTimeout(escapeTimer);
    stdin.off('data', onData);
    stdin.pause();
    stdin.setRawMode(false);
  }

  const keys = new KeyStream({
    setRawMode: isRaw => (isRaw ? read() : release()),
    ref: () => stdin.ref(),
    unref: () => stdin.unref(),
  });
  take();
  return { keys, release };
}
