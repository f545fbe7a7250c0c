// Where the program keeps V8's compiled code.

import { join } from 'node:path';
import { UserFoldersError, userFolders } from '@digits/files';

/** @returns undefined if there is no home folder */
export function compileCacheFolder(): string | undefined {
  try {
    return join(userFolders('digits').cache, 'compiled');
  } catch (error) {
    if (error instanceof UserFoldersError) return undefined;
    throw error;
  }
}
