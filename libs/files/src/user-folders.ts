// The folders that the operating system names for a program's files: the XDG Base Directory Specification
// on Linux, ~/Library on macOS, %LOCALAPPDATA% and %APPDATA% on Windows.

import { homedir, userInfo } from 'node:os';
import { isAbsolute, posix, win32 } from 'node:path';

/** Each folder is computed when it is read. @throws UserFoldersError where it needs a home folder and there is none */
export interface UserFolders {
  /** what the user has made and keeps */
  readonly data: string;
  /** what a program remembers between two starts, on this machine */
  readonly state: string;
  /** settings */
  readonly config: string;
  /** what can be computed again */
  readonly cache: string;
}

/** What the folders depend on. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** may throw, or return a path that is not absolute */
  readonly findHome: () => string;
}

export type UserFoldersErrorCode = 'no-home';

/** There is no absolute path of a home folder. */
export class UserFoldersError extends Error {
  override readonly name = 'UserFoldersError';
  readonly code: UserFoldersErrorCode = 'no-home';
}

const thisSystem: System = { platform: process.platform, env: process.env, findHome };

/** The folders of a program on this system. @param program the name of its folders */
export function userFolders(program: string, system = thisSystem): UserFolders {
  if (system.platform === 'win32') return windowsFolders(program, system);
  if (system.platform === 'darwin') return macFolders(program, system);
  return xdgFolders(program, system);
}

/** The folders of the XDG Base Directory Specification, which has relative paths in its variables ignored. */
export function xdgFolders(program: string, system = thisSystem): UserFolders {
  const { join } = pathsOf(system);
  const below = (variable: string, ...fallback: readonly string[]) =>
    join(absolute(variable, system) ?? join(homeOf(system), ...fallback), program);
  return {
    get data() {
      return below('XDG_DATA_HOME', '.local', 'share');
    },
    get state() {
      return below('XDG_STATE_HOME', '.local', 'state');
    },
    get config() {
      return below('XDG_CONFIG_HOME', '.config');
    },
    get cache() {
      return below('XDG_CACHE_HOME', '.cache');
    },
  };
}

function macFolders(program: string, system: System): UserFolders {
  const { join } = pathsOf(system);
  const below = (folder: string) => join(homeOf(system), 'Library', folder, program);
  return {
    get data() {
      return below('Application Support');
    },
    get state() {
      return below('Application Support');
    },
    get config() {
      return below('Application Support');
    },
    get cache() {
      return below('Caches');
    },
  };
}

function windowsFolders(program: string, system: System): UserFolders {
  const { join } = pathsOf(system);
  const below = (variable: string, fallback: string) =>
    join(absolute(variable, system) ?? join(homeOf(system), 'AppData', fallback), program);
  return {
    get data() {
      return below('LOCALAPPDATA', 'Local');
    },
    get state() {
      return below('LOCALAPPDATA', 'Local');
    },
    // Settings follow a user to other machines of the domain.
    get config() {
      return below('APPDATA', 'Roaming');
    },
    get cache() {
      return join(below('LOCALAPPDATA', 'Local'), 'Cache');
    },
  };
}

function pathsOf({ platform }: System) {
  return platform === 'win32' ? win32 : posix;
}

function absolute(variable: string, system: System): string | undefined {
  const value = system.env[variable];
  return value !== undefined && pathsOf(system).isAbsolute(value) ? value : undefined;
}

function homeOf(system: System): string {
  try {
    const home = system.findHome();
    if (pathsOf(system).isAbsolute(home)) return home;
  } catch {
    // The user has no entry in the system's list.
  }
  const variable = system.platform === 'win32' ? 'USERPROFILE' : 'HOME';
  throw new UserFoldersError(`There is no home folder: set ${variable} to an absolute path.`);
}

/** HOME or USERPROFILE; if that is empty or relative, the system's entry of the user, as if it were absent. */
function findHome(): string {
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}
