// Keys for Ink, one at a time while text is typed. A text field reads its text from what React
// rendered last: of two keys that come in one piece the second would not see what the first did.
// Everywhere else keys are handed on at once, which keeps them in order with the mouse.

import { EventEmitter } from 'node:events';
import type { KeyStream } from '../terminal/key-stream.ts';

/** As much of a TTY read stream as Ink uses, over a stream that has the keys. */
export class PacedKeys extends EventEmitter {
  readonly isTTY = true;
  readonly #source: KeyStream;
  readonly #isPaced: () => boolean;
  #waiting: string[] = [];
  #unread: string | undefined;

  /** @param isPaced whether the next key has to wait until the former one has been rendered */
  constructor(source: KeyStream, isPaced: () => boolean) {
    super();
    this.#source = source;
    this.#isPaced = isPaced;
    source.on('readable', () => {
      for (let keys = source.read(); keys !== null; keys = source.read()) this.#take(keys);
    });
  }

  #take(keys: string): void {
    if (this.#waiting.length === 0 && !this.#isPaced()) this.#hand(keys);
    else if (this.#waiting.push(keys) === 1) setImmediate(() => this.#handNext());
  }

  #handNext(): void {
    const [keys] = this.#waiting;
    if (keys === undefined) return;
    this.#hand(keys);
    // Only now: a key that comes while this one is handed on has to wait for it.
    this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#handNext());
  }

  #hand(keys: string): void {
    this.#unread = keys;
    this.emit('readable');
  }

  read(): string | null {
    const keys = this.#unread ?? null;
    this.#unread = undefined;
    return keys;
  }

  setRawMode(isRaw: boolean): this {
    this.#source.setRawMode(isRaw);
    return this;
  }

  /** Keys are strings already. */
  setEncoding(): this {
    return this;
  }

  ref(): this {
    this.#source.ref();
    return this;
  }

  unref(): this {
    this.#source.unref();
    return this;
  }
}
