// The public interface: atomic file writes and file locks.

export {
  FileLockError,
  type FileLockErrorCode,
  type FileLockOptions,
  isProcessAlive,
  withFileLock,
} from './file-lock.ts';
export { type AtomicWriteOptions, writeAtomically } from './write-atomically.ts';
