// The folders and files of a user, for the doctor's report: where they are, whether they are there, and whether
// they can be written.

import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRegularFileSync } from '@digits/files';
import { systemErrorText } from '../../app-error.ts';
import type { Installation } from '../../installation.ts';
import { jsonFields, printable } from '../../untrusted-text.ts';

export interface Place {
  readonly name: string;
  readonly path: string;
  readonly exists: boolean;
  /** Of a models folder: the version of the champion in it. */
  readonly champion?: string | undefined;
  /** Why it cannot be written, if it is to be written. */
  readonly problem?: string | undefined;
}

/** As in nn. */
const maxChampionFileBytes = 64 * 1024;

const maxVersionCharacters = 100;

export function findPlaces({ files }: Pick<Installation, 'files'>): Place[] {
  const { models } = files;
  return [
    written('Settings', files.settings),
    written('Unsent corrections', files.outbox),
    written('Data', files.data),
    ...(typeof models === 'string'
      ? [withChampion(written('Models', models))]
      : [
          withChampion(written('Own models', models.own)),
          withChampion({
            name: 'Shipped models',
            path: models.shipped,
            exists: existsSync(models.shipped),
          }),
        ]),
  ];
}

function written(name: string, path: string): Place {
  return { name, path, exists: existsSync(path), problem: writeProblem(path) };
}

/** Whether a path, or the folder that it would be created in, refuses to be written. */
function writeProblem(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isMissing && dirname(path) !== path
      ? writeProblem(dirname(path))
      : systemErrorText(error);
  }
}

function withChampion(place: Place): Place {
  try {
    const file = readRegularFileSync(join(place.path, 'champion.json'), maxChampionFileBytes);
    const { version } = jsonFields(`${file}`);
    return { ...place, champion: printable(String(version), maxVersionCharacters) };
  } catch {
    return place;
  }
}
