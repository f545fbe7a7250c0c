// Writes the log to a file, a pipe or a terminal. Lines that cannot be written wait; those that find no place are
// dropped, counted and reported. pino's own destination would end the service, or never return from an exit.

import { write, writeSync } from 'node:fs';

interface LogOutputOptions {
  readonly fd: number;
  /** A write begins with as many bytes, or after a moment. */
  readonly minWriteBytes: number;
  /** Of one write, which holds whole lines; a longer line is written alone. */
  readonly maxWriteBytes: number;
  /** The line in the place of those that were dropped. */
  readonly lossLine: (count: number, reason: string) => string;
  /** Those of node:fs by default. */
  readonly files?: LogFiles;
}

export interface LogFiles {
  write(fd: number, bytes: Buffer, onWritten: OnWritten): void;
  writeSync(fd: number, bytes: Buffer): number;
}

type OnWritten = (error: NodeJS.ErrnoException | null, byteCount: number) => void;

/** How long a line may wait for others, and an output that has failed for the next attempt. */
const maxDelayMs = 100;

/** More than the service logs in a second. */
export const maxWaitingBytes = 4 * 1024 * 1024;

/** Of `flushSync`, for the reader of a full pipe: a second. */
const maxAttempts = 10;

/** Bytes are what a write has left. */
interface Chunk {
  content: string | Buffer;
  byteCount: number;
}

export class LogOutput {
  readonly #options: Required<LogOutputOptions>;
  /** What waits, without what a thread writes at the moment. */
  readonly #chunks: Chunk[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  /** The code of the last attempt's error. */
  #failure: string | undefined;
  #droppedLines = 0;

  /** What waits at the exit of the process is written then. */
  constructor(options: LogOutputOptions) {
    this.#options = { files: { write, writeSync }, ...options };
    setInterval(() => this.flush(), maxDelayMs).unref();
    process.on('exit', () => this.flushSync());
  }

  /** Adds a line, which is written later. */
  write(line: string): void {
    const byteCount = Buffer.byteLength(line);
    // After a dropped line all are dropped up to the report, which stands where they are missing.
    if (this.#droppedLines > 0 || this.#waitingBytes + byteCount > maxWaitingBytes) {
      this.#droppedLines++;
      return;
    }
    this.#add(line, byteCount);
    const { minWriteBytes } = this.#options;
    if (this.#waitingBytes >= minWriteBytes && this.#failure === undefined) this.flush();
  }

  /** Begins to write what waits. Errors are kept for the report. */
  flush(): void {
    if (this.#isWriting) return;
    const bytes = this.#takeFirst();
    if (bytes === undefined) return;
    const { files, fd, minWriteBytes } = this.#options;
    this.#isWriting = true;
    files.write(fd, bytes, (error, byteCount) => {
      this.#isWriting = false;
      if (error) return this.#failed(bytes, error);
      this.#written(bytes, byteCount);
      if (this.#waitingBytes >= minWriteBytes) this.flush();
    });
  }

  /** Writes what waits, up to an error. pino calls it after a line at level fatal. */
  flushSync(): void {
    const { files, fd } = this.#options;
    let attempts = 0;
    for (let bytes = this.#takeFirst(); bytes; bytes = this.#takeFirst()) {
      try {
        this.#written(bytes, files.writeSync(fd, bytes));
      } catch (error) {
        this.#failed(bytes, error as NodeJS.ErrnoException);
        if (this.#failure !== 'EAGAIN' || ++attempts === maxAttempts) return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, maxDelayMs);
      }
    }
  }

  #add(line: string, byteCount: number): void {
    const last = this.#chunks.at(-1);
    this.#waitingBytes += byteCount;
    if (
      typeof last?.content === 'string' &&
      last.byteCount + byteCount <= this.#options.maxWriteBytes
    ) {
      last.content += line;
      last.byteCount += byteCount;
    } else this.#chunks.push({ content: line, byteCount });
  }

  #takeFirst(): Buffer | undefined {
    const content = this.#chunks.shift()?.content;
    return typeof content === 'string' ? Buffer.from(content) : content;
  }

  #failed(bytes: Buffer, { code, message }: NodeJS.ErrnoException): void {
    this.#failure = code ?? message;
    this.#putBack(bytes);
  }

  #putBack(bytes: Buffer): void {
    this.#chunks.unshift({ content: bytes, byteCount: bytes.length });
  }

  #written(bytes: Buffer, byteCount: number): void {
    const reason = this.#failure ?? 'its output is too slow';
    this.#failure = undefined;
    this.#waitingBytes -= byteCount;
    if (byteCount < bytes.length) this.#putBack(bytes.subarray(byteCount));
    if (this.#droppedLines === 0) return;
    const line = this.#options.lossLine(this.#droppedLines, reason);
    this.#droppedLines = 0;
    this.#add(line, Buffer.byteLength(line));
  }
}
