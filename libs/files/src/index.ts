// The public interface: atomic file writes, bounded reads, file locks, the files of builds, the compile cache,
// and the folders of a user.

export { enableCompileCache } from './compile-cache.ts';
export {
  FileLockError,
  type FileLockErrorCode,
  type FileLockOptions,
  withFileLock,
} from './file-lock.ts';
export { isProcessAlive } from './is-process-alive.ts';
export { isUpToDate } from './is-up-to-date.ts';
export { makeFolder, makeFolderSync } from './make-folder.ts';
export {
  FileReadError,
  type FileReadErrorCode,
  openRegularFile,
  type RegularFile,
  readInto,
  readRegularFile,
  readRegularFileSync,
} from './read-regular-file.ts';
export { renameFile } from './rename-file.ts';
export {
  type BuiltFile,
  type ReplaceFilesOptions,
  replaceFiles,
  whyNotWritten,
} from './replace-files.ts';
export {
  type System,
  type UserFolders,
  UserFoldersError,
  type UserFoldersErrorCode,
  userFolders,
  xdgFolders,
} from './user-folders.ts';
export { type AtomicWriteOptions, writeAtomically } from './write-atomically.ts';
