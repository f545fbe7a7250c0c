// Keys for Ink, one each turn of the event loop while text is typed. A text field takes its text from
// the last render of React: of two keys that arrive together the second would not see the effect of
// the first. In other modes keys are passed on at once, which keeps them in order with the mouse.

import { EventEmitter } from 'node:events';
import type { KeyStream } from '../terminal/key-stream.ts';

/** The part of a TTY read stream that Ink uses, over a key stream. */
export class PacedKeys extends EventEmitter {
  readonly isTTY = true;
  readonly #source: KeyStream;
  readonly #isPaced: () => boolean;
  #queue: string[] = [];
  #unread: string | undefined;

  /** @param isPaced whether the next key has to wait until the previous one was rendered */
  constructor(source: KeyStream, isPaced: () => boolean) {
    super();
    this.#source = source;
    this.#isPaced = isPaced;
    source.on('readable', () => {
      for (let keys = source.read(); keys !== null; keys = source.read()) this.#take(keys);
    });
  }

  #take(keys: string): void {
    if (this.#queue.length === 0 && !this.#isPaced()) this.#pass(keys);
    else if (this.#queue.push(keys) === 1) setImmediate(() => this.#passNext());
  }

  #passNext(): void {
    const [keys] = this.#queue;
    if (keys === undefined) return;
    this.#pass(keys);
    // Only now: a key that arrives while this one is passed on has to wait for it.
    this.#queue.shift();
    if (this.#queue.length > 0) setImmediate(() => this.#passNext());
  }

  #pass(keys: string): void {
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
