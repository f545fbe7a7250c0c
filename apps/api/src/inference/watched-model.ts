// Watches a model's files: when one changes, the new model is loaded beside the current one, tested, and
// put in its place. Requests in flight finish with the model they began with; a bad file changes
// nothing.

import { stat } from 'node:fs/promises';
import {
  type ChosenKernels,
  championFileIn,
  chooseKernels,
  type LoadedModel,
  layersOf,
  loadChampion,
  type ModelsFolder,
  NnError,
  selfTest,
} from '@digits/nn';
import type { ModelStore } from './model-store.ts';

export interface ModelEvents {
  /** Another model is in place, the first one included. */
  onSwap(model: LoadedModel): void;
  /** The file is unusable; the model before it, if any, stays in place. */
  onLoadError(error: NnError): void;
}

export interface WatchOptions extends ModelEvents {
  /** The files whose change means another model. */
  readonly files: readonly string[];
  /** Loads the current model; rejects with NnError. */
  load(kernels: ChosenKernels['kernels']): Promise<LoadedModel>;
  /** Whether predictions may use 256-bit vectors (chooseKernels). False by default. */
  readonly wideVectors?: boolean;
  /** Polling interval of the files. */
  readonly intervalMs?: number | undefined;
  /** After this time a file that is still being read is reported, as on a mount that hangs. */
  readonly maxLoadMs?: number;
}

export interface WatchedModel {
  /** undefined until one was loaded. */
  readonly model: LoadedModel | undefined;
  /** Why the last load failed; undefined where it succeeded. */
  readonly loadError: NnError | undefined;
  /** Loads the file now. Never rejects. */
  reload(): Promise<void>;
  close(): void;
}

/** Enough for the largest model that passes the self-test. Untouched pages take no memory. */
export const kernelMemoryBytes = 128 * 1024 * 1024;

/**
 * Polling the file's times detects every kind of replacement, also in a folder that does not exist
 * yet and on network drives and mounted ConfigMaps, where file system events are missing.
 */
const defaultIntervalMs = 400;

interface State {
  model: LoadedModel | undefined;
  loadError: NnError | undefined;
}

/** A load takes some 50 ms. */
export const defaultMaxLoadMs = 5000;

/** Returns at once; the model is loaded by the first `reload`, or the first poll. */
export function watchModel(options: WatchOptions): WatchedModel {
  const { files, intervalMs = defaultIntervalMs, maxLoadMs = defaultMaxLoadMs } = options;
  const state: State = { model: undefined, loadError: undefined };
  let loadedStamp: string | undefined;
  const load = async () => {
    loadedStamp = await stampsOf(files);
    await tryLoad(options, state);
  };
  const poll = async () => {
    if ((await stampsOf(files)) !== loadedStamp) await load();
  };
  const queue = workQueue(maxLoadMs, () => {
    const reason = `${files.join(' or ')} has not been read after ${maxLoadMs} ms`;
    refuse(new NnError('model-missing', reason), options, state);
    // The next poll loads the file again.
    loadedStamp = undefined;
  });
  const timer = setInterval(() => queue.isEmpty && queue.add(poll), intervalMs).unref();
  return {
    get model() {
      return state.model;
    },
    get loadError() {
      return state.loadError;
    },
    reload: () => queue.add(load),
    close: () => clearInterval(timer),
  };
}

/**
 * Runs work that never rejects, one after the other: on a mount that hangs, each would block a thread
 * that decodes pictures, too. Work that takes longer than `maxMs` is reported.
 */
function workQueue(maxMs: number, onDelay: () => void) {
  let last: Promise<void> = Promise.resolve();
  let length = 0;
  return {
    get isEmpty() {
      return length === 0;
    },
    add(work: () => Promise<void>): Promise<void> {
      length++;
      last = last.then(async () => {
        const timer = setTimeout(onDelay, maxMs).unref();
        await work();
        clearTimeout(timer);
        length--;
      });
      return last;
    },
  };
}

async function stampsOf(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(stampOf))).join(' ');
}

/** Changes when the file does, or another file takes its place. */
async function stampOf(file: string): Promise<string> {
  const stats = await stat(file, { bigint: true }).catch(() => undefined);
  return stats ? [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join() : 'none';
}

async function tryLoad(options: WatchOptions, state: State): Promise<void> {
  const { files, load, onSwap } = options;
  const wideVectors = options.wideVectors === true && 'sparse-forward';
  try {
    // New kernels for each model, whose memory is freed with it.
    const model = await load(chooseKernels(kernelMemoryBytes, { wideVectors }).kernels);
    const isCurrent = model.sha256 === state.model?.sha256 && model.version === state.model.version;
    state.loadError = undefined;
    if (isCurrent) return;
    selfTest(model);
    state.model = model;
    onSwap(model);
  } catch (error) {
    const loadError =
      error instanceof NnError
        ? error
        : new NnError('model-corrupt', `${files.join(' or ')}: ${(error as Error).message}`, {
            cause: error,
          });
    refuse(loadError, options, state);
  }
}

function refuse(error: NnError, { onLoadError }: WatchOptions, state: State): void {
  const isNew = error.message !== state.loadError?.message;
  state.loadError = error;
  if (isNew) onLoadError(error);
}

export interface WatchedModelsOptions extends ModelEvents {
  readonly folder: ModelsFolder;
  /** Whether predictions may use 256-bit vectors; false by default. */
  readonly wideVectors?: boolean;
  /** Polling interval of champion.json. */
  readonly intervalMs?: number;
}

export interface WatchedModels extends ModelStore, Omit<WatchedModel, 'model'> {}

/** Watches both layers of a models folder: the version in its champion.json is the served model. */
export function watchModels({ folder, ...rest }: WatchedModelsOptions): WatchedModels {
  const watched = watchModel({
    ...rest,
    files: layersOf(folder).map(championFileIn),
    load: kernels => loadChampion(folder, kernels),
  });
  return {
    get champion() {
      return watched.model;
    },
    get loadError() {
      return watched.loadError;
    },
    reload: watched.reload,
    close: watched.close,
  };
}
