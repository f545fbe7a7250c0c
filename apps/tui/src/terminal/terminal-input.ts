// The real terminal's input, forked: mouse events and answers to listeners, keys to the stream that
// Ink reads. Mouse modes live inside raw mode: on after it, off before it, whoever switches it and
// why.

import type { ReadStream, WriteStream } from 'node:tty';
import { allQueries } from './control-sequences.ts';
import { KeyStream } from './key-stream.ts';
import { createMouse, type Mouse } from './mouse.ts';
import type { MouseEvent } from './mouse-report.ts';
import type { TerminalResponse } from './terminal-response.ts';
import { createTokenizer, type Token } from './tokenizer.ts';

/** How long an ESC may wait for the rest of a sequence before it is the Escape key. */
const escapeTimeoutMs = 30;

export interface TerminalInputOptions {
  readonly stdin: Pick<
    ReadStream,
    'on' | 'off' | 'setRawMode' | 'pause' | 'resume' | 'ref' | 'unref'
  >;
  readonly stdout: Pick<WriteStream, 'write'>;
  readonly onMouse: (event: MouseEvent) => void;
  /** What the terminal says to `ask`; perhaps never. */
  readonly onResponse?: (answer: TerminalResponse) => void;
  /** Ctrl+Z, which in raw mode is a key like any other; Ink is not told of it. */
  readonly onSuspend?: () => void;
  /** Told of all that the terminal sends, before it is read. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

export interface TerminalInput {
  /** What Ink is given as its stdin. Nothing is read before Ink asks it for raw mode. */
  readonly keys: KeyStream;
  readonly mouse: Mouse;
  /** Asks the terminal what it can do; not to be called before the first frame is written. */
  query(): void;
  /** To be told when the window has another size. */
  resized(): void;
  /** Takes bytes as if the terminal had sent them. */
  feed(bytes: Uint8Array): void;
  /** Gives the terminal back as it was. Once is enough; more does nothing. */
  release(): void;
  /** Takes back what was released, unasked by Ink, which has not heard of it. */
  retake(): void;
}

const ctrlZ = '\u{1a}';

/**
 * Takes the terminal's input at once and not only when Ink asks for it, which is after the first
 * frame: the terminal would echo into that frame whatever came before.
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
    forgetEscape();
    options.onBytes?.(bytes);
    tokenizer.push(bytes).forEach(deliver);
    if (tokenizer.isHoldingEscape()) awaitRest();
  }

  /** Where time passed because the app was held up, the rest may be there: it is read first. */
  function awaitRest(): void {
    const flush = () => tokenizer.flushEscape().forEach(deliver);
    escapeTimer = setTimeout(() => {
      escapeCheck = setImmediate(flush);
    }, escapeTimeoutMs);
  }

  function forgetEscape(): void {
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
    forgetEscape();
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
