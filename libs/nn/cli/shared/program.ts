// How the commands are called and where their models are: run by Nx in the workspace, or installed as a
// program that passes its own.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import type { ModelsFolder } from '../../src/registry/models-folder.ts';

/** The commands that messages name. */
export type CommandName = 'train' | 'evaluate' | 'promote' | 'rollback' | 'runs' | 'bench';

/** The properties of the program that a command is a part of. */
export interface Program {
  readonly version: string;
  /** @returns what a user types to call a command, without options */
  readonly callOf: (command: CommandName) => string;
  /** what a user types between the call and the options */
  readonly separator: string;
  /** the models folder by default */
  readonly models: ModelsFolder;
  /** that default, in --help */
  readonly modelsText: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * As in the service: MODELS_DIR alone if it is set, otherwise a user's own models over the shipped ones.
 *
 * @param findData the data folder where DATA_DIR is not set
 */
export function modelsFolderOf(
  env: Environment,
  findData: () => string,
  shipped: string,
): ModelsFolder {
  return env['MODELS_DIR'] || { own: join(env['DATA_DIR'] || findData(), 'models'), shipped };
}

const inWorkspace = (folder: string) =>
  fileURLToPath(new URL(`../../../../${folder}`, import.meta.url));

/** The commands as the targets of Nx, independent of the working directory. */
export const workspaceProgram: Program = {
  version: manifest.version,
  callOf: command => `npx nx run nn:${command}`,
  separator: ' --',
  models: modelsFolderOf(process.env, () => inWorkspace('data'), inWorkspace('models')),
  modelsText: process.env['MODELS_DIR'] ? 'MODELS_DIR' : 'data/models, then models',
};
