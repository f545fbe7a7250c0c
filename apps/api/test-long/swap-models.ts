// Promotes the same model twenty times under changing names and sends its parent the memory of the
// process after five and after twenty. Needs --expose-gc.

import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { explain } from '../src/inference/explain.ts';
import { watchModels } from '../src/inference/watched-model.ts';

const realModels = fileURLToPath(new URL('../../../models', import.meta.url));
const pixels = new Float32Array(784).fill(0.5);

const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
await cp(realModels, folder, { recursive: true });
const championFile = join(folder, 'champion.json');
const nextFile = join(folder, 'next.json');
const champion = JSON.parse(await readFile(championFile, 'utf8'));

let swaps = 0;
const models = watchModels({
  folder,
  onSwap: () => swaps++,
  onLoadError: error => {
    throw error;
  },
});
await models.reload();

async function swapUntil(count: number): Promise<number> {
  while (swaps < count) {
    await writeFile(nextFile, JSON.stringify({ ...champion, version: `swap-${swaps}` }));
    await rename(nextFile, championFile);
    await models.reload();
    explain(pixels, 7, ['saliency', 'layers'], models.champion!);
  }
  // A promise may hold a dropped model until the next turn of the event loop.
  for (let turn = 0; turn < 3; turn++) {
    await nextTurn();
    globalThis.gc!();
  }
  return Math.round(process.memoryUsage.rss() / 1024 / 1024);
}

const afterFive = await swapUntil(5);
const afterTwenty = await swapUntil(20);
models.close();
await rm(folder, { recursive: true });
process.send!({ swaps, afterFive, afterTwenty }, () => process.disconnect());
