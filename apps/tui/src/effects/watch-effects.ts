// Watching a network learn: starts the training, has it answer the drawing on the canvas, and ends it when the
// screen is left. Events become state ten times a second, whatever their number.

import { isBlank, type Raster } from '@digits/canvas';
import type { TrainingConfiguration, TrainingEvent, WatchCommand } from '@digits/protocol';
import { startTrainingView, type TrainingView, withPause, withTrainingEvent } from '@digits/screen';
import { isAppError } from '../app-error.ts';
import { drawingMode } from '../state/mode.ts';
import { rasterOf } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import {
  layerSizesOf,
  type Watch,
  type WatchChoices,
  type WatchRow,
  watchValues,
  withChoice,
} from '../state/watch.ts';
import type { WatchClient } from '../trainer/watch-client.ts';

export interface WatchEffects {
  /** Shows the form. */
  open(): void;
  /** The next value of a row of the form or the one before. */
  choose(row: WatchRow, steps: 1 | -1): void;
  start(): void;
  togglePause(): void;
  /** Has the network saved when it is trained, or at once if it is. */
  keep(): void;
  /** Ends the training and shows the form again. */
  stop(): void;
  /** Ends the training and goes back to drawing. */
  leave(): void;
  /** Ends the training and settles when its process has exited. */
  close(): Promise<void>;
}

export interface WatchEffectsOptions {
  readonly store: Store;
  readonly client: WatchClient;
  /** Where a network is saved; the workspace's models folder if there is none. */
  readonly models: string | undefined;
  readonly newSeed: () => number;
  /** Milliseconds on any clock. */
  readonly nowMs: () => number;
  readonly startTimer: (onExpired: () => void) => void;
}

/** A training that runs. */
interface Run {
  readonly stopping: AbortController;
  readonly send: (command: WatchCommand) => void;
}

/** Long enough to see a small network converge; it can be stopped at any time. */
const epochs = 10;

/** nn:train takes a number of 32 bits. */
const seedRange = 2 ** 32;

export function createWatchEffects(options: WatchEffectsOptions): WatchEffects {
  const { store, client, models, newSeed, nowMs, startTimer } = options;
  let run: Run | undefined;
  let ended = Promise.resolve();
  let view: TrainingView | undefined;
  let isTimerRunning = false;
  let asked: Raster | undefined;
  let pausedMs = 0;
  let pausedSinceMs: number | undefined;

  const change = (changes: Partial<Watch>) =>
    store.dispatch({ type: 'watch-changed', watch: { ...store.getState().watch, ...changes } });

  /** Shows the latest events, and asks about the latest drawing. */
  function refresh(): void {
    if (run === undefined || isTimerRunning) return;
    isTimerRunning = true;
    startTimer(() => {
      isTimerRunning = false;
      if (run === undefined) return;
      if (view !== store.getState().watch.view) change({ view });
      ask(run);
    });
  }

  function ask({ send }: Run): void {
    const raster = rasterOf(store.getState());
    if (raster === asked) return;
    asked = raster;
    const pixels = isBlank(raster) ? '' : Buffer.from(raster).toString('base64');
    send({ type: 'probe', picture: 'drawing', pixels });
    if (pixels === '' && view !== undefined) view = { ...view, answers: [] };
  }

  function onEvent(event: TrainingEvent): void {
    if (view === undefined) return;
    const clock = (pausedSinceMs ?? nowMs()) - pausedMs;
    view = withTrainingEvent(view, event, clock);
    if (event.type === 'done') change({ version: event.model.version });
    refresh();
  }

  function end(): void {
    run?.stopping.abort();
    run = undefined;
  }

  store.subscribe(refresh);

  return {
    open() {
      store.dispatch({ type: 'mode-changed', mode: { type: 'choosing-training', row: 0 } });
    },
    choose(row, steps) {
      change({
        choices: withChoice(store.getState().watch.choices, row, steps),
        failure: undefined,
      });
    },
    start() {
      end();
      const { choices } = store.getState().watch;
      view = startTrainingView(`Network ${layerSizesOf(choices).join('-')}`, [epochs]);
      asked = undefined;
      [pausedMs, pausedSinceMs] = [0, undefined];
      const stopping = new AbortController();
      const { signal } = stopping;
      change({ view, isKept: false, version: undefined, failure: undefined });
      store.dispatch({ type: 'mode-changed', mode: { type: 'watching' } });
      const task = { configuration: configurationOf(choices), seed: newSeed() % seedRange, models };
      const onStart = (send: Run['send']) => {
        if (signal.aborted) return;
        run = { stopping, send };
        refresh();
      };
      run = { stopping, send: () => {} };
      const before = ended;
      ended = client
        .watch(task, { onEvent: event => !signal.aborted && onEvent(event), onStart }, signal)
        .catch((error: unknown) => {
          if (!isAppError(error, 'trainer')) throw error;
          if (signal.aborted) return;
          run = undefined;
          change({ view: undefined, failure: error.message });
          store.dispatch({ type: 'mode-changed', mode: { type: 'choosing-training', row: 0 } });
        })
        .then(() => before);
    },
    togglePause() {
      if (run === undefined || view === undefined || view.isDone) return;
      const isPaused = pausedSinceMs === undefined;
      if (isPaused) pausedSinceMs = nowMs();
      else {
        pausedMs += nowMs() - pausedSinceMs!;
        pausedSinceMs = undefined;
      }
      run.send({ type: isPaused ? 'pause' : 'continue' });
      view = withPause(view, isPaused);
      change({ view });
    },
    keep() {
      if (run === undefined || store.getState().watch.isKept) return;
      run.send({ type: 'save' });
      change({ isKept: true });
    },
    stop() {
      end();
      change({ view: undefined });
      store.dispatch({ type: 'mode-changed', mode: { type: 'choosing-training', row: 0 } });
    },
    leave() {
      end();
      change({ view: undefined });
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
    },
    close() {
      end();
      return ended;
    },
  };
}

/** Plain gradient descent with momentum on images alone, so that what one sees is easy to explain. */
function configurationOf(choices: WatchChoices): TrainingConfiguration {
  return {
    layerSizes: layerSizesOf(choices),
    phases: [
      {
        batchSize: watchValues.batchSize[choices.batchSize]!,
        epochs,
        learningRate: watchValues.learningRate[choices.learningRate]!,
        schedule: { type: 'constant' },
      },
    ],
    recipe: { restroked: 0, synthetic: 0, degraded: 0, recorded: 0, pictures: 0, outliers: 0 },
    maxImages: watchValues.images[choices.images]!,
  };
}
