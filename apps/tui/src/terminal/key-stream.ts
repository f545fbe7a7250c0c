// The stdin for Ink: keys only, without the mouse reports. It emits `readable` synchronously, so that
// keys and mouse events keep the order in which they came.

import { EventEmitter } from 'node:events';

/** The owner of the real terminal, for raw mode and for keeping the process alive. */
export interface KeyStreamOwner {
  setRawMode(isRaw: boolean): void;
  ref(): void;
  unref(): void;
}

/** The part of a TTY read stream that Ink uses: isTTY, setRawMode, read, readable, ref and unref. */
export class KeyStream extends EventEmitter {
  readonly isTTY = true;
  readonly #owner: KeyStreamOwner;
  #unread: string[] = [];

  constructor(owner: KeyStreamOwner) {
    super();
    this.#owner = owner;
  }

  /** Passes a key or text to Ink, whose listeners have run when this returns. */
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
