// Bounded reads of regular files. Opening a FIFO can block for ever, and a device can be read without an
// end; both block a thread that even process.exit waits for.

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** The stable code of a `FileReadError`. */
export type FileReadErrorCode =
  /** The path is a folder, a FIFO, a device or a socket. */
  | 'not-a-regular-file'
  /** The file has more bytes than the caller accepts. */
  | 'file-too-large';

/** Thrown if a file that can be opened is not read. The message does not contain the path. */
export class FileReadError extends Error {
  override readonly name = 'FileReadError';
  readonly code: FileReadErrorCode;

  constructor(code: FileReadErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An open file, which the caller closes, and its size when it was opened. */
export interface RegularFile {
  readonly handle: FileHandle;
  readonly size: number;
}

/** Does not wait for a FIFO's writer, nor make a terminal the controlling one. Windows has neither flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Opens a regular file, or a symbolic link to one, without reading it.
 *
 * @throws FileReadError `not-a-regular-file`, `file-too-large`; and the system's error, such as ENOENT
 */
export async function openRegularFile(path: string, maxBytes: number): Promise<RegularFile> {
  const handle = await open(path, openFlags);
  try {
    return { handle, size: checkedSize(await handle.stat(), maxBytes) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Reads a regular file, up to the size that it had when it was opened.
 *
 * @throws as `openRegularFile`
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<Buffer> {
  const { handle, size } = await openRegularFile(path, maxBytes);
  try {
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, await readInto(handle, bytes));
  } finally {
    await handle.close();
  }
}

/**
 * Reads from the start of a file until the array is full or the file ends.
 *
 * @returns the number of bytes read
 */
export async function readInto(handle: FileHandle, bytes: Uint8Array): Promise<number> {
  let end = 0;
  while (end < bytes.length) {
    const { bytesRead } = await handle.read(bytes, end, bytes.length - end, end);
    if (bytesRead === 0) break;
    end += bytesRead;
  }
  return end;
}

/** `readRegularFile` for the start of a process. @throws as `openRegularFile` */
export function readRegularFileSync(path: string, maxBytes: number): Buffer {
  const descriptor = openSync(path, openFlags);
  try {
    const bytes = Buffer.allocUnsafe(checkedSize(fstatSync(descriptor), maxBytes));
    let end = 0;
    while (end < bytes.length) {
      const bytesRead = readSync(descriptor, bytes, end, bytes.length - end, end);
      if (bytesRead === 0) break;
      end += bytesRead;
    }
    return bytes.subarray(0, end);
  } finally {
    closeSync(descriptor);
  }
}

function checkedSize(stats: Stats, maxBytes: number): number {
  if (!stats.isFile()) {
    throw new FileReadError(
      'not-a-regular-file',
      `it is ${kindOf(stats)}, expected a regular file`,
    );
  }
  if (stats.size > maxBytes) {
    throw new FileReadError(
      'file-too-large',
      `it has ${stats.size} bytes, expected at most ${maxBytes}`,
    );
  }
  return stats.size;
}

/** @returns what the path of no regular file leads to, in words */
export function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a FIFO';
  return 'a device';
}
