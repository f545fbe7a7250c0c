// Watching a network learn: starts the training, has it answer the drawing on the canvas, and ends it when the
// screen is left. The state changes at most once an interval, for any number of events.

import { isBlank, type Raster } from '@digits/canvas';
import { rasterOf } from '@digits/client';
import type { TrainingConfiguration, TrainingEvent, WatchCommand } from '@digits/protocol';
import { startTrainingView, type TrainingView, withPause, withTrainingEvent } from '@digits/screen';
import { isAppError } from '../app-error.ts';
import {
  layerSizesOf,
  type Watch,
  type WatchChoices,
  type WatchRow,
  watchValues,
  withChoice,
} from '../state/learning/watch.ts';
import { drawingMode } from '../state/mode.ts';
import type { Store } from '../state/store.ts';
import type { WatchClient } from '../trainer/watch-client.ts';
import { printable } from '../untrusted-text.ts';

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
  /** `undefined` until the process has started */
  readonly send: ((command: WatchCommand) => void) | undefined;
}

/** Long enough to see a small network converge; it can be stopped at any time. */
const epochs = 10;

/** Two rows of a small window hold the reason and what to do. */
const maxReasonCharacters = 110;

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

  const notify = (text: string, isBad = false) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });

  const showForm = () =>
    store.dispatch({ type: 'mode-changed', mode: { type: 'choosing-training', row: 0 } });

  /** Shows the latest events, and asks about the latest drawing. */
  function refresh(): void {
    if (run === undefined || isTimerRunning) return;
    isTimerRunning = true;
    startTimer(() => {
      isTimerRunning = false;
      if (run === undefined) return;
      ask(run);
      if (view !== store.getState().watch.view) change({ view });
    });
  }

  function ask({ send }: Run): void {
    const raster = rasterOf(store.getState());
    if (send === undefined || raster === asked) return;
    asked = raster;
    const pixels = isBlank(raster) ? '' : Buffer.from(raster).toString('base64');
    send({ type: 'probe', picture: 'drawing', pixels });
    if (pixels === '' && view !== undefined) view = { ...view, answers: [] };
  }

  function onEvent(event: TrainingEvent): void {
    // The drawing may have been cleared since it was asked about.
    const isOutdated = event.type === 'probe' && (asked === undefined || isBlank(asked));
    if (view === undefined || isOutdated) return;
    const clock = (pausedSinceMs ?? nowMs()) - pausedMs;
    view = withTrainingEvent(view, event, clock);
    if (event.type === 'save-failed') {
      change({ isKept: false });
      notify(`Not saved: ${printable(event.why, maxReasonCharacters)}. w tries again.`, true);
    }
    if (event.type === 'done') notify(`The network is saved as ${event.model.version}.`);
    refresh();
  }

  /** Settles when the process has exited. */
  async function train(configuration: TrainingConfiguration): Promise<void> {
    const stopping = new AbortController();
    const { signal } = stopping;
    const onStart = (send: NonNullable<Run['send']>) => {
      if (!signal.aborted) run = { stopping, send };
      refresh();
    };
    const callbacks = {
      onStart,
      onEvent: (event: TrainingEvent) => {
        if (!signal.aborted) onEvent(event);
      },
    };
    run = { stopping, send: undefined };
    try {
      const task = { configuration, seed: newSeed() % seedRange, models };
      await client.watch(task, callbacks, signal);
    } catch (error) {
      if (!isAppError(error, 'trainer')) throw error;
      if (signal.aborted) return;
      run = undefined;
      change({ view: undefined, failure: error.message });
      showForm();
    }
  }

  function end(): void {
    run?.stopping.abort();
    run = undefined;
  }

  store.subscribe(refresh);

  return {
    open: showForm,
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
      change({ view, isKept: false, failure: undefined });
      store.dispatch({ type: 'mode-changed', mode: { type: 'watching' } });
      const training = train(configurationOf(choices));
      ended = Promise.all([ended, training]).then(() => {});
    },
    togglePause() {
      if (run?.send === undefined || view === undefined || view.isDone) return;
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
      if (run?.send === undefined || store.getState().watch.isKept) return;
      run.send({ type: 'save' });
      change({ isKept: true });
      if (view?.isDone !== true) notify('The network will be saved when it is trained.');
    },
    stop() {
      end();
      change({ view: undefined });
      showForm();
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
