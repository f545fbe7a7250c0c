// What the app and its commands have to know of what they are a part of: how they are called, which programs they
// start, and where their files are. The workspace and the installed program differ in it.

import { join } from 'node:path';
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
  readonly files: UserFiles;
  readonly programs: Programs;
}

/** The files and folders of a user. */
export interface UserFiles {
  readonly settings: string;
  /** What the app remembers of learning. */
  readonly learning: string;
  /** Corrections that no service has accepted yet. */
  readonly outbox: string;
  /** The service's DATA_DIR. */
  readonly data: string;
  /** The models folder of the service and the trainer, or one's own over the shipped one. */
  readonly models: string | { readonly own: string; readonly shipped: string };
}

/** Where files are if neither DATA_DIR nor MODELS_DIR says otherwise. */
export interface DefaultFolders {
  readonly data: () => string;
  readonly shippedModels: string;
}

/** @param folders throws an error where it needs a home folder, and there is none */
export function userFilesIn(
  folders: Pick<UserFolders, 'config' | 'state'>,
  { data: findData, shippedModels }: DefaultFolders,
  env: NodeJS.ProcessEnv = process.env,
): UserFiles {
  const { config, state } = folders;
  const data = env['DATA_DIR'] || findData();
  return {
    settings: join(config, 'settings.json'),
    learning: join(state, 'learning.json'),
    outbox: join(state, 'outbox'),
    data,
    models: env['MODELS_DIR'] || { own: join(data, 'models'), shipped: shippedModels },
  };
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
    files: userFilesIn(xdgFolders('digits'), {
      data: () => join(folder, 'data'),
      shippedModels: join(folder, 'models'),
    }),
    programs: programsInWorkspace(folder),
  };
}
