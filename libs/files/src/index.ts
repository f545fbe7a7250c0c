// What the other packages may use.

export {
  FileLockError,
  type FileLockErrorCode,
  type FileLockOptions,
  isProcessAlive,
  withFileLock,
} from './file-lock.ts';
export { type AtomicWriteOptions, writeAtomically } from './write-atomically.ts';
