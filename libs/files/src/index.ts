// The public interface: atomic file writes, bounded reads and file locks.

export {
  FileLockError,
  type FileLockErrorCode,
  type FileLockOptions,
  withFileLock,
} from './file-lock.ts';
export { isProcessAlive } from './is-process-alive.ts';
export {
  FileReadError,
  type FileReadErrorCode,
  openRegularFile,
  type RegularFile,
  readInto,
  readRegularFile,
  readRegularFileSync,
} from './read-regular-file.ts';
export { type AtomicWriteOptions, writeAtomically } from './write-atomically.ts';
