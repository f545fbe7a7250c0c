// What the app and its commands have to know of what they are a part of: how they are called, which programs they
// start, and where their files are. The workspace and the installed program differ in it.

import { type UserFolders, xdgFolders } from '@digits/files';
import manifest from '../package.json' with { type: 'json' };
import { type Programs, programsInWorkspace } from './programs.ts';

/** What a user types to call a command, without options. */
export interface Calls {
  readonly app: string;
  readonly doctor: string;
  readonly predict: string;
  readonly train: string;
  readonly promote: string;
}

export interface Installation {
  readonly version: string;
  readonly calls: Calls;
  /** Of the settings, and of what the app remembers. */
  readonly folders: Pick<UserFolders, 'config' | 'state'>;
  readonly programs: Programs;
}

/** @param folder the workspace, which has apps/ and libs/ */
export function workspaceInstallation(folder: string): Installation {
  return {
    version: manifest.version,
    calls: {
      app: 'npm start --',
      doctor: 'npm start -- --doctor',
      predict: 'npm run predict --',
      train: 'npx nx run nn:train',
      promote: 'npx nx run nn:promote',
    },
    folders: xdgFolders('digits'),
    programs: programsInWorkspace(folder),
  };
}
