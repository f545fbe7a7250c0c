// Settings on disk: one small JSON file, read with distrust and written whole.

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { writeDurably } from '../outbox/durable-file.ts';
import { defaultSettings, parseSettings, type Settings } from '../state/settings.ts';
import type { Environment } from '../terminal/environment.ts';

/** A settings file has a few hundred bytes; more is not one, and is not read. */
const maxFileBytes = 64 * 1024;

/** By the XDG Base Directory Specification, which has a relative XDG_CONFIG_HOME ignored. */
export function settingsPath({ XDG_CONFIG_HOME = '', HOME }: Environment): string {
  const base = isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(HOME || homedir(), '.config');
  return join(base, 'digits', 'settings.json');
}

/** @returns what the file says, or the usual settings where there is none that can be read. */
export function readSettings(path: string): Settings {
  try {
    const bytes = readFileSync(path);
    return bytes.length > maxFileBytes ? defaultSettings : parseSettings(JSON.parse(`${bytes}`));
  } catch {
    return defaultSettings;
  }
}

/** @throws what the file system says; the file is then as it was. */
export async function writeSettings(path: string, settings: Settings): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(dirname(path), { recursive: true });
  await writeDurably(path, `${JSON.stringify(settings, null, 2)}\n`);
}
