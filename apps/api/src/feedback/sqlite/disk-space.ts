// Keeps enough of the disk free that stored pictures can always be deleted again: a deletion is
// written to SQLite's log before it frees anything.

import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ServiceError } from '../../service-error.ts';

/** For the deletion of a picture that is not large, with the pages of its indexes. */
const minFreeBytes = 128 * 1024;

/** What the file may not grow into: below it, pictures take the place of deleted ones only. */
const minFreeBytesToGrow = 2 * minFreeBytes;

/** Whether all that is in the log can be copied to the file, with space to spare. */
export function hasSpaceForLog(file: string): boolean {
  return freeBytesBeside(file) >= minFreeBytesToGrow;
}

/**
 * @param bytes of the picture that is to be stored
 * @param reusableBytes of the file, from deleted pictures
 * @throws ServiceError `feedback-full`
 */
export function requireDiskSpace(file: string, bytes: number, reusableBytes: number): void {
  // The picture is written to the log, and once more when it is deleted.
  const loggedBytes = 2 * bytes;
  const grows = reusableBytes < bytes;
  const neededBytes = loggedBytes + (grows ? bytes + minFreeBytesToGrow : minFreeBytes);
  if (freeBytesBeside(file) >= neededBytes) return;
  throw new ServiceError('feedback-full', `${file}: ${neededBytes} bytes of the disk must be free`);
}

/** The free bytes of the disk without those that copying the log to the file can take. */
function freeBytesBeside(file: string): number {
  const { bavail, bsize, blocks } = statfsSync(dirname(file));
  // Some network file systems report no sizes.
  if (blocks === 0) return Number.POSITIVE_INFINITY;
  const logBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return bavail * bsize - logBytes;
}
