// The installed program for each of its parts: how it is called, and where its files are. What is shipped is
// only read; what a user makes is in the folders that the system names, or in MODELS_DIR and DATA_DIR.

import { userFolders } from '@digits/files';
import { modelsFolderOf, type Program } from '../../../libs/nn/cli/shared/program.ts';
import type { ServiceInstallation } from '../../api/src/config/installation.ts';
import { type Installation, userFilesIn } from '../../tui/src/installation.ts';
import manifest from '../package.json' with { type: 'json' };
import { compileCacheFolder } from './compile-cache.ts';
import { ownFiles } from './own-files.ts';

const { version } = manifest;

/** @throws UserFoldersError when a folder is read that needs a home folder, and there is none */
const folders = userFolders('digits');

const callOf = (command: string) => `digits ${command}`;

/** For the app and its commands, which start this program again. */
export function appInstallation(): Installation {
  const { program, preload, root } = ownFiles;
  return {
    version,
    calls: {
      app: 'digits',
      doctor: callOf('doctor'),
      predict: callOf('predict'),
      train: callOf('train'),
      promote: callOf('promote'),
    },
    files: userFilesIn(folders, {
      data: () => folders.data,
      shippedModels: ownFiles.models,
    }),
    programs: {
      root,
      findService: () => [program, 'serve'],
      train: [program, 'train'],
      promote: [program, 'promote'],
      preprocessingSteps: [program, 'preprocessing-steps'],
      background: preload,
    },
  };
}

/** For the service. */
export function serviceInstallation(): ServiceInstallation {
  return {
    version,
    call: callOf('serve'),
    rollbackCall: callOf('rollback'),
    dataFolder: folders.data,
    shippedModels: ownFiles.models,
    pageFolder: ownFiles.page,
    compileCacheFolder: compileCacheFolder(),
  };
}

/** For the commands of nn. */
export function nnProgram(env: NodeJS.ProcessEnv = process.env): Program {
  const models = modelsFolderOf(env, () => folders.data, ownFiles.models);
  return {
    version,
    callOf,
    separator: '',
    models,
    modelsText:
      typeof models === 'string' ? 'MODELS_DIR' : `${models.own}, then the shipped models`,
  };
}
