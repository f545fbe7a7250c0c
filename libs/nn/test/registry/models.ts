// A models folder with tiny models, for tests.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { type ChampionFile, saveVersion } from '../../src/registry/champion.ts';
import type { HistoryEntry } from '../../src/registry/history.ts';
import { encodeModel } from '../../src/registry/model-file.ts';

export async function emptyFolder(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'models-'));
  t.teardown(() => rm(folder, { recursive: true }));
  return folder;
}

/** Saves an untrained model, a different one for every seed. */
export function saveTiny(
  folder: string,
  seed: number,
  layerSizes: readonly number[] = [7, 5, 3],
): Promise<ChampionFile> {
  const network = createNetwork(loopKernels, new Random(seed), layerSizes);
  const bytes = encodeModel(network, {
    layerSizes,
    preprocessing,
    temperature: 1,
    seed: String(seed),
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
  });
  return saveVersion(folder, `tiny-${seed}`, bytes, async () => ({}));
}

/** A change as the gate records it. */
export function changeOf(
  from: ChampionFile | null,
  to: ChampionFile,
  action: HistoryEntry['action'] = from ? 'promote' : 'crown',
): HistoryEntry {
  const at = '2026-03-01T12:00:00.000Z';
  return { at, action, from, to, forced: false, why: null, figures: {} };
}
