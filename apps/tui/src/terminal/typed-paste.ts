// Recognises pastes that come without brackets, as from a terminal that has no bracketed paste or from
// `tmux paste-buffer`, so that no character of a dropped path is taken for a key. A paste begins like a
// path, with characters that are no keys of the app, and has more characters than are struck at once.

import { maxPasteCharacters, type Token } from './tokenizer.ts';

export interface TypedPasteDetector {
  /** Takes the tokens of a read. @returns those that are keys; what may become a paste is held back */
  push(tokens: readonly Token[]): Token[];
  /** How long to wait for more of what is held back; undefined if nothing is. */
  pauseMs(): number | undefined;
  /** Ends what is held back, to be called after that pause. */
  flush(): Token[];
}

/** A slow connection may split a paste; a hand that dropped a file takes longer to the next key. */
const pastePauseMs = 200;

/** The same for what may be a key, a letter: the wait is that of an Escape sequence. */
const keyPauseMs = 30;

/** Two keys may be struck at once. */
const minPasteCharacters = 3;

const pathBeginning = /^(?:[/~.'"\\]|[A-Za-z]:[\\/]|file:\/\/)/;

/** A small letter alone is a key too common to be held back: before a colon in another read it stays one. */
const driveBeginning = /^(?:[A-Z]:?|[a-z]:)$/;

/** @param isTextField whether the keys go to a text field, where text is text however it comes */
export function createTypedPasteDetector(isTextField: () => boolean): TypedPasteDetector {
  let held = '';

  function isPaste(): boolean {
    if (!isTextField()) return pathBeginning.test(held) && held.length >= minPasteCharacters;
    // One path and Enter may be typed by a script; of several, Enter would use the first.
    const lines = held.split(/[\r\n]+/).filter(line => line !== '');
    return lines.length > 1 && lines.every(line => pathBeginning.test(line));
  }

  function isHeldBack(): boolean {
    if (held === '' || isTextField()) return false;
    return pathBeginning.test(held) || driveBeginning.test(held) || 'file://'.startsWith(held);
  }

  function flush(): Token[] {
    const text = held;
    if (text === '') return [];
    const tokens: Token[] = isPaste()
      ? [{ type: 'paste', text: text.replace(/\r\n?/g, '\n') }]
      : keysOf(text);
    held = '';
    return tokens;
  }

  return {
    push(tokens) {
      const delivered: Token[] = [];
      for (const token of tokens) {
        const characters = charactersOf(token, held);
        if (characters !== undefined) held += characters;
        else {
          const isBetween = token.type === 'mouse' || token.type === 'response';
          if (!isBetween || !isHeldBack()) delivered.push(...flush());
          delivered.push(token);
        }
      }
      if (isHeldBack()) held = held.slice(0, maxPasteCharacters);
      else delivered.push(...flush());
      return delivered;
    },
    pauseMs() {
      if (held === '') return undefined;
      return isPaste() || !/^[A-Za-z]/.test(held) ? pastePauseMs : keyPauseMs;
    },
    flush,
  };
}

/** Lines and tabs are keys, and within a paste a part of it. */
function charactersOf(token: Token, held: string): string | undefined {
  if (token.type === 'text') return token.text;
  const isSpace = token.type === 'key' && /^[\r\n\t]$/.test(token.sequence);
  return isSpace && held !== '' ? token.sequence : undefined;
}

function keysOf(text: string): Token[] {
  return text
    .split(/([\r\n\t])/)
    .filter(part => part !== '')
    .map(part =>
      /[\r\n\t]/.test(part) ? { type: 'key', sequence: part } : { type: 'text', text: part },
    );
}
