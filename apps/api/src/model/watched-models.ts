// A models folder that is watched: whenever its champion.json changes, the champion it names is
// loaded beside the one that answers, tested, and put in its place. Requests in flight finish with
// the champion they began with. A bad file changes nothing.
import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { type Champion, chooseKernels, loadChampion, NnError } from '@digits/nn';
import type { ModelStore } from './model-store.ts';
import { selfTest } from './self-test.ts';

export interface ModelEvents {
  /** A new champion answers, the first one included. */
  onSwap(champion: Champion): void;
  /** What champion.json names cannot be used; the champion before it, if any, goes on. */
  onRefusal(error: NnError): void;
}

export interface WatchedModelsOptions extends ModelEvents {
  readonly folder: string;
  /** How often to look at champion.json. */
  readonly intervalMs?: number;
}

export interface WatchedModels extends ModelStore {
  /** Why there is no champion, or why the last one was not taken. */
  readonly refusal: NnError | null;
  /** Looks at champion.json now. Never rejects. */
  reload(): Promise<void>;
  close(): void;
}

/** Room for a model of some ten million weights; only what is touched is real. */
const kernelMemoryBytes = 64 * 1024 * 1024;

/**
 * Asking for the file's times once in a while sees every way of replacing it, in a folder that is
 * not there yet and on a network drive or a mounted ConfigMap, too, where no event comes.
 */
const defaultIntervalMs = 400;

/** Resolves when the first attempt is over, with a champion or without. */
export async function watchModels(options: WatchedModelsOptions): Promise<WatchedModels> {
  const { folder, intervalMs = defaultIntervalMs } = options;
  const file = join(folder, 'champion.json');
  const current: { champion: Champion | null; refusal: NnError | null } = {
    champion: null,
    refusal: null,
  };
  let attempts: Promise<void> = Promise.resolve();
  const reload = () => {
    attempts = attempts.then(() => attempt(options, current));
    return attempts;
  };
  const listener: StatsListener = () => void reload();
  watchFile(file, { persistent: false, interval: intervalMs }, listener);
  await reload();
  return {
    get champion() {
      return current.champion;
    },
    get refusal() {
      return current.refusal;
    },
    reload,
    close: () => unwatchFile(file, listener),
  };
}

async function attempt(
  { folder, onSwap, onRefusal }: WatchedModelsOptions,
  current: { champion: Champion | null; refusal: NnError | null },
): Promise<void> {
  try {
    // Kernels of its own for each champion: their memory goes when the champion does.
    const champion = await loadChampion(folder, chooseKernels(kernelMemoryBytes).kernels);
    const isKnown =
      champion.sha256 === current.champion?.sha256 && champion.version === current.champion.version;
    current.refusal = null;
    if (isKnown) return;
    selfTest(champion);
    current.champion = champion;
    onSwap(champion);
  } catch (error) {
    const refusal =
      error instanceof NnError
        ? error
        : new NnError('model-corrupt', `${folder}: ${(error as Error).message}`, { cause: error });
    const isNews = refusal.message !== current.refusal?.message;
    current.refusal = refusal;
    if (isNews) onRefusal(refusal);
  }
}
