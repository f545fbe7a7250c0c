// The link that is a lock. It is created together with its content, or not at all if there is one.

import { link, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { temporaryPath } from './temporary-file.ts';

/** A kind of link. */
export interface LockLink {
  /** @throws the system's error, EEXIST if there is one */
  readonly create: (path: string, content: string) => Promise<void>;
  /** @throws the system's error, ENOENT if there is none */
  readonly read: (path: string) => Promise<string>;
}

/** A symbolic link whose target is the content. */
const symbolicLink: LockLink = {
  create: (path, content) => symlink(content, path),
  read: readlink,
};

/**
 * A hard link to a complete file, for Windows, where symbolic links to files need a privilege that users
 * do not have.
 */
const hardLink: LockLink = {
  async create(path, content) {
    const file = temporaryPath(path, crypto.randomUUID());
    try {
      await writeFile(file, content, { flag: 'wx' });
      await link(file, path);
    } finally {
      await rm(file, { force: true });
    }
  },
  read: path => readFile(path, 'utf8'),
};

/** @param platform of this system by default */
export function lockLinkOf(platform: NodeJS.Platform = process.platform): LockLink {
  return platform === 'win32' ? hardLink : symbolicLink;
}
