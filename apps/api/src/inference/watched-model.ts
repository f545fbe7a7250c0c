// A model in a file that is watched: whenever the file changes, the model is loaded anew beside the
// one that is there, tested, and put in its place. Whoever works with the old one finishes with it. A
// bad file changes nothing.

import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { type ChosenKernels, chooseKernels, type LoadedModel, NnError } from '@digits/nn';
import { selfTest } from './self-test.ts';

export interface ModelEvents {
  /** Another model is there, the first one included. */
  onSwap(model: LoadedModel): void;
  /** What the file holds or names cannot be used; the model before it, if any, goes on. */
  onRefusal(error: NnError): void;
}

export interface WatchOptions extends ModelEvents {
  /** The file that has changed when the model has. */
  readonly file: string;
  /** The model as it is now; rejects with NnError. */
  load(kernels: ChosenKernels['kernels']): Promise<LoadedModel>;
  /** How often to look at the file. */
  readonly intervalMs?: number | undefined;
}

export interface WatchedModel {
  /** null until one was loaded. */
  readonly model: LoadedModel | null;
  /** Why there is no model, or why the last one was not taken. */
  readonly refusal: NnError | null;
  /** Looks at the file now. Never rejects. */
  reload(): Promise<void>;
  close(): void;
}

/** Room for the largest model that passes the self-test; only what is touched is real. */
const kernelMemoryBytes = 128 * 1024 * 1024;

/**
 * Asking for the file's times once in a while sees every way of replacing it, in a folder that is
 * not there yet and on a network drive or a mounted ConfigMap, too, where no event comes.
 */
const defaultIntervalMs = 400;

interface State {
  model: LoadedModel | null;
  refusal: NnError | null;
}

/** Nothing is loaded before the first `reload`, or the first change. */
export function watchModel(options: WatchOptions): WatchedModel {
  const { file, intervalMs = defaultIntervalMs } = options;
  const state: State = { model: null, refusal: null };
  let attempts: Promise<void> = Promise.resolve();
  const reload = () => {
    attempts = attempts.then(() => tryLoad(options, state));
    return attempts;
  };
  const listener: StatsListener = () => void reload();
  watchFile(file, { persistent: false, interval: intervalMs }, listener);
  return {
    get model() {
      return state.model;
    },
    get refusal() {
      return state.refusal;
    },
    reload,
    close: () => unwatchFile(file, listener),
  };
}

async function tryLoad(options: WatchOptions, state: State): Promise<void> {
  const { file, load, onSwap, onRefusal } = options;
  try {
    // Kernels of its own for each model: their memory goes when the model does.
    const model = await load(chooseKernels(kernelMemoryBytes).kernels);
    const isKnown = model.sha256 === state.model?.sha256 && model.version === state.model.version;
    state.refusal = null;
    if (isKnown) return;
    selfTest(model);
    state.model = model;
    onSwap(model);
  } catch (error) {
    const refusal =
      error instanceof NnError
        ? error
        : new NnError('model-corrupt', `${file}: ${(error as Error).message}`, { cause: error });
    const isNews = refusal.message !== state.refusal?.message;
    state.refusal = refusal;
    if (isNews) onRefusal(refusal);
  }
}
