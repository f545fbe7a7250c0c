// The programs that the app starts as processes: the service, and the trainer's commands. The app imports
// nothing of them.

import { join, resolve } from 'node:path';
import { isUpToDate } from '@digits/files';

/** A module to run with Node, and the first arguments that it is given. */
export type Program = readonly [module: string, ...args: string[]];

export interface Programs {
  /** Finds apps/api, which reports its address by IPC, when it is to be started. */
  readonly findService: () => Program;
  readonly train: Program;
  readonly promote: Program;
  /** Writes the picture on stdin after each step of the preprocessing to the folder that it is given. */
  readonly preprocessingSteps: Program;
  /** The module that is loaded before a command of the trainer: see trainer/in-background.ts. */
  readonly background: string;
  /** The folder that they are in, which their messages need not name: absolute, without a slash at its end. */
  readonly root: string;
}

/** What the service's bundle is built from, relative to the root of the workspace. */
const serviceSources = [
  'apps/api/src',
  'libs/files/src',
  'libs/nn/src',
  'libs/nn/dist',
  'libs/protocol/src',
  'package-lock.json',
];

/** @param folder the workspace, which has apps/ and libs/ */
export function programsInWorkspace(folder: string): Programs {
  const root = resolve(folder);
  return {
    root,
    // Reads the times of all sources, which is not needed where a service runs already.
    findService: () => [serviceIn(root)],
    train: [join(root, 'libs/nn/cli/train/train.ts')],
    promote: [join(root, 'libs/nn/cli/promote/promote.ts')],
    preprocessingSteps: [join(root, 'apps/api/src/write-preprocessing-steps.ts')],
    background: join(root, 'apps/tui/src/trainer/in-background.ts'),
  };
}

/** The bundle, which starts in a fraction of the time, if it was built from the current source. */
function serviceIn(root: string): string {
  const bundle = join(root, 'apps/api/dist/main.js');
  const isCurrent = isUpToDate(
    bundle,
    serviceSources.map(source => join(root, source)),
  );
  return isCurrent ? bundle : join(root, 'apps/api/src/main.ts');
}
