// Settings on disk: one small JSON file, checked when read and written atomically.

import { dirname } from 'node:path';
import { makeFolder, readRegularFileSync, writeAtomically } from '@digits/files';
import { defaultSettings, parseSettings, type Settings } from '../state/settings.ts';

/** A settings file has a few hundred bytes; a larger file is ignored. */
const maxFileBytes = 64 * 1024;

/** @returns the settings of the file, or the defaults if it cannot be read */
export function readSettings(path: string): Settings {
  try {
    return parseSettings(JSON.parse(`${readRegularFileSync(path, maxFileBytes)}`));
  } catch {
    return defaultSettings;
  }
}

/** @throws the error of the file system; the file is then unchanged */
export async function writeSettings(path: string, settings: Settings): Promise<void> {
  await makeFolder(dirname(path));
  await writeAtomically(path, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
}
