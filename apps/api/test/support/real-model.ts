// The champion of the repository, put where a service watches.
import { cp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const realModels = fileURLToPath(new URL('../../../../models', import.meta.url));

/** As a trainer does it: the model first, then champion.json, renamed over the old one. */
export async function crownRealModel(folder: string): Promise<void> {
  await cp(realModels, folder, { recursive: true, filter: path => !path.endsWith('.json') });
  await cp(join(realModels, 'champion.json'), join(folder, 'next.json'));
  await rename(join(folder, 'next.json'), join(folder, 'champion.json'));
}
