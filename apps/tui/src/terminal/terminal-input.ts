// The real terminal's input, split: mouse events and responses go to listeners, keys to the stream
// that Ink reads. Mouse modes are switched on after raw mode and off before it. However much comes, the
// event loop goes on: see input-queue.ts.

import type { ReadStream, WriteStream } from 'node:tty';
import { allQueries } from './control-sequences.ts';
import { createInputQueue } from './input-queue.ts';
import { KeyStream } from './key-stream.ts';
import { createMouse, type Mouse } from './mouse.ts';
import type { MouseEvent } from './mouse-report.ts';
import { createPauseTimer } from './pause-timer.ts';
import type { TerminalResponse } from './terminal-response.ts';
import { createTokenizer, type Token } from './tokenizer.ts';
import { createTypedPasteDetector } from './typed-paste.ts';

/** The wait for the rest of a sequence after ESC, before it counts as the Escape key. */
const escapeTimeoutMs = 30;

/** The wait for the end of a paste that contains a Ctrl+C, before that counts as the key. */
const interruptTimeoutMs = 100;

/** The wait for more of an open paste, before its end counts as lost: slow connections stall for less. */
const pasteTimeoutMs = 1000;

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
  /** Whether keys go to a text field, in which a typed path is no paste. */
  readonly isTextField?: () => boolean;
  /** Runs the deliveries that belong to one update of the screen. */
  readonly batch?: (deliveries: () => void) => void;
  /** Discards what the terminal has sent and was not read, before raw mode ends. */
  readonly drain?: () => void;
}

export interface TerminalInput {
  /** The stdin for Ink. Nothing is read before Ink sets raw mode. */
  readonly keys: KeyStream;
  readonly mouse: Mouse;
  /** Queries the terminal's capabilities; to be called after the first frame. */
  query(): void;
  /** To be called when the size of the window has changed. */
  resized(): void;
  /** Whether keys come faster than a person types. */
  isBeyondTyping(): boolean;
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
  const { stdin, stdout, isTextField = () => false } = options;
  let tokenizer = createTokenizer();
  const queue = createInputQueue({
    deliver,
    batch: options.batch ?? (deliveries => deliveries()),
    nowMs: () => performance.now(),
  });
  let typedPastes = createTypedPasteDetector(isTextField);
  const mouse = createMouse(sequence => stdout.write(sequence));
  const escapeTimer = createPauseTimer(() => enqueue(tokenizer.flushEscape()));
  const interruptTimer = createPauseTimer(() => enqueue(tokenizer.endPaste()));
  const pasteTimer = createPauseTimer(() => enqueue(tokenizer.endPaste()));
  const typedPasteTimer = createPauseTimer(() => queue.push(typedPastes.flush()));
  let isTaken = false;

  function deliver(token: Token): void {
    if (token.type === 'mouse') {
      const event = mouse.toCells(token.event);
      if (event !== undefined) options.onMouse(event);
    } else if (token.type === 'response') {
      mouse.handleResponse(token.response);
      options.onResponse?.(token.response);
    } else if (token.type === 'key' && token.sequence === ctrlZ) options.onSuspend?.();
    else if (token.type === 'key') keys.write(token.sequence);
    else keys.write(token.type === 'text' ? token.text : bracketed(token.text));
  }

  function feed(bytes: Uint8Array): void {
    escapeTimer.cancel();
    pasteTimer.cancel();
    options.onBytes?.(bytes);
    enqueue(tokenizer.push(bytes));
    startTimers();
  }

  function enqueue(tokens: readonly Token[]): void {
    queue.push(typedPastes.push(tokens));
    const pauseMs = typedPastes.pauseMs();
    if (pauseMs === undefined) typedPasteTimer.cancel();
    else typedPasteTimer.start(pauseMs);
  }

  /** More of a paste does not put off the interrupt: a paste without an end never pauses. */
  function startTimers(): void {
    if (tokenizer.isHoldingEscape()) escapeTimer.start(escapeTimeoutMs);
    const paste = tokenizer.openPaste();
    if (paste !== 'none') pasteTimer.start(pasteTimeoutMs);
    if (paste !== 'interrupted') interruptTimer.cancel();
    else if (!interruptTimer.isRunning()) interruptTimer.start(interruptTimeoutMs);
  }

  /** Forgets what was read and not handled. */
  function reset(): void {
    for (const timer of [escapeTimer, interruptTimer, pasteTimer, typedPasteTimer]) timer.cancel();
    tokenizer = createTokenizer();
    typedPastes = createTypedPasteDetector(isTextField);
    queue.clear();
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
    stdin.off('data', feed);
    stdin.pause();
    reset();
    options.drain?.();
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
    isBeyondTyping: queue.isBeyondTyping,
    feed,
    release,
    retake: read,
  };
}

/** The form in which Ink takes pasted text. */
function bracketed(text: string): string {
  return `\u{1b}[200~${text}\u{1b}[201~`;
}
