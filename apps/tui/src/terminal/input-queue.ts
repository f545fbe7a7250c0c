// The queue of tokens between the terminal and the app. Input at the rate of a person is delivered at
// once; of more, each turn of the event loop delivers a bounded number. Input beyond any such rate is a
// flood: until it pauses it is read without being delivered, and only its last keys remain. A terminal
// sends no faster than it is read, so that a key behind a flood arrives soon only if the flood costs
// little. Ctrl+C and Ctrl+Z do not wait.

import { createPauseTimer } from './pause-timer.ts';
import type { Token } from './tokenizer.ts';

/** Mouse events and characters of a text count as keys. So many take about 10 ms. */
const maxKeysPerTurn = 2000;

/**
 * What is never a flood: a stroke of so many reports at once, and as many a second. The fastest mice
 * send 8,000 a second.
 */
const maxKeysAtOnce = 20_000;
const maxKeysPerMs = 20;

/** The end of a flood, and the keys of it that remain. */
const floodPauseMs = 50;
const maxKeptKeys = maxKeysPerTurn;

/** More keys without a pause were not typed; one that repeats sends at most 30 a second. */
const maxTypedKeys = 256;
const typingPauseMs = 100;

/** Longer texts are cut, so that a turn can end within them. */
const maxTextCharacters = 256;

const ctrlC = '\u{3}';
const ctrlZ = '\u{1a}';

export interface InputQueue {
  push(tokens: readonly Token[]): void;
  clear(): void;
  /** Whether more keys have come without a pause than a person types. */
  isBeyondTyping(): boolean;
}

export interface InputQueueOptions {
  readonly deliver: (token: Token) => void;
  /** Runs several deliveries. */
  readonly batch: (deliveries: () => void) => void;
  /** A clock in milliseconds. */
  readonly nowMs: () => number;
}

export function createInputQueue({ deliver, batch, nowMs }: InputQueueOptions): InputQueue {
  const waiting = createTokenList();
  let keysThisTurn = 0;
  let isTurnScheduled = false;
  /** How many keys may come before they are a flood. */
  let allowance = maxKeysAtOnce;
  let isFlood = false;
  let keysSincePause = 0;
  let lastMs = nowMs();
  const floodTimer = createPauseTimer(() => {
    isFlood = false;
    allowance = maxKeysAtOnce;
    advance();
  });

  /** Delivers what this turn may, and has the next one go on. */
  function advance(): void {
    if (waiting.keys() === 0) return;
    batch(() => {
      while (keysThisTurn < maxKeysPerTurn) {
        const token = waiting.take();
        if (token === undefined) break;
        keysThisTurn += keysOf(token);
        // The app ends: later keys have no meaning.
        if (isKey(token, ctrlC)) waiting.clear();
        deliver(token);
      }
    });
    lastMs = nowMs();
    if (isTurnScheduled) return;
    isTurnScheduled = true;
    setImmediate(() => {
      isTurnScheduled = false;
      keysThisTurn = 0;
      if (!isFlood) advance();
    });
  }

  /** Counts what has come, with the time that it took. */
  function count(tokens: readonly Token[]): void {
    const now = nowMs();
    const pauseMs = now - lastMs;
    lastMs = now;
    if (pauseMs > typingPauseMs) keysSincePause = 0;
    allowance = Math.min(maxKeysAtOnce, allowance + pauseMs * maxKeysPerMs);
    for (const token of tokens) {
      const keys = keysOf(token);
      allowance -= keys;
      if (token.type === 'key') keysSincePause++;
      if (token.type === 'text' || token.type === 'paste') keysSincePause += token.text.length;
    }
    isFlood ||= allowance < 0;
  }

  return {
    push(tokens) {
      count(tokens);
      for (const token of tokens) {
        if (token.type === 'text') cut(token.text).forEach(waiting.add);
        else waiting.add(token);
      }
      if (!isFlood) advance();
      else {
        while (waiting.keys() > maxKeptKeys) waiting.take();
        floodTimer.start(floodPauseMs);
      }
      const urgent =
        tokens.find(token => isKey(token, ctrlC)) ?? tokens.find(token => isKey(token, ctrlZ));
      if (urgent === undefined || waiting.keys() === 0) return;
      waiting.clear();
      deliver(urgent);
    },
    clear() {
      floodTimer.cancel();
      isFlood = false;
      allowance = maxKeysAtOnce;
      waiting.clear();
    },
    isBeyondTyping: () => keysSincePause > maxTypedKeys,
  };
}

/** Tokens in their order, and the number of keys in them. */
function createTokenList() {
  let tokens: Token[] = [];
  let first = 0;
  let keys = 0;

  function clear(): void {
    tokens = [];
    first = 0;
    keys = 0;
  }

  return {
    clear,
    keys: () => keys,
    add(token: Token): void {
      // Tokens that were taken must not pile up before those that wait.
      if (first > maxKeysAtOnce) {
        tokens = tokens.slice(first);
        first = 0;
      }
      tokens.push(token);
      keys += keysOf(token);
    },
    take(): Token | undefined {
      const token = tokens[first];
      if (token === undefined) return undefined;
      first++;
      keys -= keysOf(token);
      if (first === tokens.length) clear();
      return token;
    },
  };
}

/** A pasted text is one edit, even an empty one. */
function keysOf(token: Token): number {
  return token.type === 'text' ? token.text.length : 1;
}

/** Never between the two halves of a surrogate pair. */
function cut(text: string): Token[] {
  if (text.length <= maxTextCharacters) return [{ type: 'text', text }];
  const pieces: Token[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + maxTextCharacters;
    if ((text.codePointAt(end - 1) ?? 0) > 0xffff) end++;
    pieces.push({ type: 'text', text: text.slice(start, end) });
  }
  return pieces;
}

function isKey(token: Token, sequence: string): boolean {
  return token.type === 'key' && token.sequence === sequence;
}
