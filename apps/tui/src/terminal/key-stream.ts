// The stdin that Ink is given: keys only, the mouse taken out.
// Ink reads it when it says `readable`, which it does at once and not on a later tick: that is
// what keeps keys and mouse events in the order in which they came.

import { EventEmitter } from 'node:events';

/** Raw mode and process life-time are passed on to whoever holds the real terminal. */
export interface KeyStreamOwner {
  setRawMode(isRaw: boolean): void;
  ref(): void;
  unref(): void;
}

/** As much of a TTY read stream as Ink uses: isTTY, setRawMode, read, readable, ref and unref. */
export class KeyStream extends EventEmitter {
  readonly isTTY = true;
  readonly #owner: KeyStreamOwner;
  #unread: string[] = [];

  constructor(owner: KeyStreamOwner) {
    super();
    this.#owner = owner;
  }

  /** Hands Ink a key or text; its listeners have run when this returns. */
  write(keys: string): void {
    this.#unread.push(keys);
    this.emit('readable');
  }

  read(): string | null {
    return this.#unread.shift() ?? null;
  }

  setRawMode(isRaw: boolean): this {
    this.#owner.setRawMode(isRaw);
    return this;
  }

  /** Keys are strings already. */
  setEncoding(): this {
    return this;
  }

  ref(): this {
    this.#owner.ref();
    return this;
  }

  unref(): this {
    this.#owner.unref();
    return this;
  }
}
