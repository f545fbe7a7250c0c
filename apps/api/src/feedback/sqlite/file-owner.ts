// Determines from a file's bytes alone whether it is a store of this service. SQLite is no help: it
// can change a file, or create others beside it, when it only opens it.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ServiceError } from '../../service-error.ts';

/** "digi": distinguishes this service's databases from those of other programs. */
export const applicationId = 0x64696769;

/** Offsets in the first page (https://sqlite.org/fileformat.html, "The Database Header"). */
const header = { magic: 'SQLite format 3\0', userVersion: 60, applicationId: 68, cellCount: 103 };
const headerBytes = 105;

/** The write-ahead log: its header, then frames of a header and a page (section 4.1). */
const log = { headerBytes: 32, pageSize: 8, salt: 16, frameHeaderBytes: 24, frameSalt: 8 };

/** A new store's first transaction, which names its owner, has fewer bytes than this. */
const firstTransactionBytes = 256 * 1024;

/**
 * Accepts a missing or empty file, and a store of this service.
 *
 * @throws ServiceError `feedback-corrupt` for every other file; Error where it cannot be read
 */
export function requireOwnFile(file: string): void {
  const first = readStart(file, headerBytes);
  if (first.length === 0) return;
  const isDatabase = first.toString('latin1', 0, header.magic.length) === header.magic;
  if (!isDatabase || first.length < headerBytes) {
    throw new ServiceError('feedback-corrupt', `${file} is not an SQLite database`);
  }
  if (first.readUInt32BE(header.applicationId) === applicationId) return;
  if (isEmptyDatabase(first) && isLogOwnOrEmpty(`${file}-wal`)) return;
  throw new ServiceError('feedback-corrupt', `${file} is a database of another program`);
}

function isEmptyDatabase(first: Buffer): boolean {
  return [
    first.readUInt32BE(header.applicationId),
    first.readUInt32BE(header.userVersion),
    first.readUInt16BE(header.cellCount),
  ].every(value => value === 0);
}

/**
 * Whether the log's first transaction makes the database one of this service. The database itself
 * is still empty where a process was killed before it copied its log.
 */
function isLogOwnOrEmpty(file: string): boolean {
  const start = readStart(file, firstTransactionBytes);
  if (start.length === 0) return true;
  const frameBytes = log.frameHeaderBytes + start.readUInt32BE(log.pageSize);
  const salt = start.subarray(log.salt, log.salt + 8);
  for (let at = log.headerBytes; at + frameBytes <= start.length; at += frameBytes) {
    const isCurrent = salt.equals(start.subarray(at + log.frameSalt, at + log.frameSalt + 8));
    const page = start.subarray(at + log.frameHeaderBytes);
    const isFirstPage = start.readUInt32BE(at) === 1;
    if (isCurrent && isFirstPage && page.readUInt32BE(header.applicationId) === applicationId) {
      return true;
    }
  }
  return false;
}

/** @returns at most this many bytes; none where there is no file */
function readStart(file: string, maxBytes: number): Buffer {
  let descriptor: number;
  try {
    // Opening a FIFO would wait for its other end.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error(`${file} is not a regular file`);
    const bytes = Buffer.alloc(maxBytes);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, maxBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
