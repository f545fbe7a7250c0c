// The real terminal's input, split: mouse events and responses go to listeners, keys to the stream
// that Ink reads. Mouse modes are switched on after raw mode and off before it.

import type { ReadStream, WriteStream } from 'node:tty';
import { allQueries } from './control-sequences.ts';
import { KeyStream } from './key-stream.ts';
import { createMouse, type Mouse } from './mouse.ts';
import type { MouseEvent } from './mouse-report.ts';
import type { TerminalResponse } from './terminal-response.ts';
import { createTokenizer, type Token } from './tokenizer.ts';

/** The wait for the rest of a sequence after ESC, before it counts as the Escape key. */
const escapeTimeoutMs = 30;

export interface TerminalInputOptions {
  readonly stdin: Pick<
    ReadStream,
    'on' | 'off' | 'setRawMode' | 'pause' | 'resume' | 'ref' | 'unref'
  >;
  readonly stdout: Pick<WriteStream, 'write'>;
  readonly onMouse: (event: MouseEvent) => void;
  /** Called with each response to `query`; some terminals never respond. */
  readonly onResponse?: (answer: TerminalResponse) => void;
  /** Called for Ctrl+Z, which raw mode makes an ordinary key; Ink does not get it. */
  readonly onSuspend?: () => void;
  /** Called with all bytes from the terminal, before they are parsed. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

export interface TerminalInput {
  /** The stdin for Ink. Nothing is read before Ink sets raw mode. */
  readonly keys: KeyStream;
  readonly mouse: Mouse;
  /** Queries the terminal's capabilities; to be called after the first frame. */
  query(): void;
  /** To be called when the size of the window has changed. */
  resized(): void;
  /** Handles bytes as if the terminal had sent them. */
  feed(bytes: Uint8Array): void;
  /** Restores the terminal; repeated calls do nothing. */
  release(): void;
  /** Takes the terminal back after `release`, without Ink, which did not notice either. */
  retake(): void;
}

const ctrlZ = '\u{1a}';

/**
 * Sets raw mode at once and not when Ink does, which is after the first frame: until then the terminal
 * would echo input into that frame.
 */
export function createTerminalInput(options: TerminalInputOptions): TerminalInput {
  const { stdin, stdout } = options;
  const tokenizer = createTokenizer();
  const mouse = createMouse(sequence => stdout.write(sequence));
  let escapeTimer: NodeJS.Timeout | undefined;
  let escapeCheck: NodeJS.Immediate | undefined;
  let isTaken = false;

  function deliver(token: Token): void {
    if (token.type === 'mouse') {
      const event = mouse.toCells(token.event);
      if (event !== undefined) options.onMouse(event);
    } else if (token.type === 'response') {
      mouse.handleResponse(token.response);
      options.onResponse?.(token.response);
    } else if (token.type === 'key' && token.sequence === ctrlZ) options.onSuspend?.();
    else keys.write(token.type === 'key' ? token.sequence : token.text);
  }

  function feed(bytes: Uint8Array): void {
    cancelEscapeTimer();
    options.onBytes?.(bytes);
    tokenizer.push(bytes).forEach(deliver);
    if (tokenizer.isHoldingEscape()) startEscapeTimer();
  }

  /** If the event loop was blocked, the rest may have arrived: it is read first. */
  function startEscapeTimer(): void {
    const flush = () => tokenizer.flushEscape().forEach(deliver);
    escapeTimer = setTimeout(() => {
      escapeCheck = setImmediate(flush);
    }, escapeTimeoutMs);
  }

  function cancelEscapeTimer(): void {
    clearTimeout(escapeTimer);
    clearImmediate(escapeCheck);
  }

  function take(): void {
    if (isTaken) return;
    isTaken = true;
    stdin.setRawMode(true);
    mouse.take();
  }

  function read(): void {
    take();
    stdin.on('data', feed);
    stdin.resume();
  }

  function release(): void {
    if (!isTaken) return;
    isTaken = false;
    mouse.release();
    cancelEscapeTimer();
    stdin.off('data', feed);
    stdin.pause();
    stdin.setRawMode(false);
  }

  const keys = new KeyStream({
    setRawMode: isRaw => (isRaw ? read() : release()),
    ref: () => stdin.ref(),
    unref: () => stdin.unref(),
  });
  take();
  return {
    keys,
    mouse,
    query: () => void (isTaken && stdout.write(allQueries)),
    resized: mouse.resized,
    feed,
    release,
    retake: read,
  };
}
