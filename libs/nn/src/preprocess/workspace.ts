// Memory for the arrays of one picture, reused for the next: to allocate an array takes longer than most steps
// take to fill it for a small picture.

/** Arrays of zeros from one piece of memory; they are valid until `reset`. */
export class Workspace {
  readonly #memory: ArrayBuffer;
  #usedBytes = 0;

  /** @param maxBytes further arrays get memory of their own */
  constructor(maxBytes: number) {
    this.#memory = new ArrayBuffer(maxBytes);
  }

  /** Makes the whole memory available again. */
  reset(): void {
    this.#usedBytes = 0;
  }

  float32(length: number): Float32Array {
    const start = this.#take(Float32Array.BYTES_PER_ELEMENT * length);
    if (start === undefined) return new Float32Array(length);
    return new Float32Array(this.#memory, start, length).fill(0);
  }

  int32(length: number): Int32Array {
    const start = this.#take(Int32Array.BYTES_PER_ELEMENT * length);
    if (start === undefined) return new Int32Array(length);
    return new Int32Array(this.#memory, start, length).fill(0);
  }

  uint8(length: number): Uint8Array {
    const start = this.#take(length);
    return start === undefined
      ? new Uint8Array(length)
      : new Uint8Array(this.#memory, start, length).fill(0);
  }

  /** @returns where the bytes begin, aligned for every array; undefined if they do not fit */
  #take(bytes: number): number | undefined {
    const start = this.#usedBytes;
    if (start + bytes > this.#memory.byteLength) return undefined;
    this.#usedBytes = start + Math.ceil(bytes / 4) * 4;
    return start;
  }
}

/** A workspace without memory: every array is a new one, which the caller may keep. */
export const newArrays = new Workspace(0);
