// Promotes the repository's champion in a watched folder.

import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promote } from './tiny-model.ts';

const realModels = fileURLToPath(new URL('../../../../models', import.meta.url));

/**
 * Like a trainer: copies the model, then renames champion.json over the old one.
 *
 * @returns its version
 */
export async function promoteRealModel(folder: string): Promise<string> {
  await cp(realModels, folder, { recursive: true, filter: path => !path.endsWith('.json') });
  const champion = JSON.parse(await readFile(join(realModels, 'champion.json'), 'utf8'));
  await promote(folder, champion);
  return champion.version;
}
