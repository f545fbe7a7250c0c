// Where a Chromium is. playwright-core brings none, and none is downloaded.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Completes "there is none". */
export const howToHaveChromium = `Install one (${names.join(', ')}), or set CHROMIUM to its path.`;

/** @returns its path: that in CHROMIUM, or the first one on the PATH; null where there is none */
export function findChromium({ CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): string | null {
  if (CHROMIUM) return CHROMIUM;
  const paths = PATH.split(delimiter).flatMap(folder => names.map(name => join(folder, name)));
  return paths.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
