// Controls a training while it runs: pause, go on, stop, save. The training itself has no part in it: it pauses
// because its next event is not requested, and stops by its signal.

/** Controls of one training, for the keys of a screen or for another program. */
export interface TrainingControl {
  /** aborted by `stop`, and with the signal of the command */
  readonly signal: AbortSignal;
  readonly isPaused: () => boolean;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly stop: () => void;
  /** whether checkpoints and the version are written */
  readonly isSaved: () => boolean;
  /** Undoes --no-save. */
  readonly save: () => void;
  /** Undoes `save`: it failed. */
  readonly unsave: () => void;
  /** Settles when it is to be saved. */
  readonly whenSaved: () => Promise<void>;
  readonly whenStopped: Promise<void>;
  /** Settles at once, or when the training may go on or has to stop. */
  readonly whenRunning: () => Promise<void>;
  /** Milliseconds, without those of pauses. */
  readonly nowMs: () => number;
}

/**
 * Creates the control of a training that is running.
 *
 * @param signal of the command
 * @param isSaved whether it is saved from the beginning
 */
export function createTrainingControl(
  signal: AbortSignal,
  isSaved: boolean,
  clockMs = () => performance.now(),
): TrainingControl {
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  let pause: { readonly sinceMs: number; readonly over: PromiseWithResolvers<void> } | undefined;
  let pausedMs = 0;
  let isKept = isSaved;
  let saved = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const goOn = () => {
    if (!pause) return;
    pausedMs += clockMs() - pause.sinceMs;
    pause.over.resolve();
    pause = undefined;
  };
  const onAbort = () => {
    goOn();
    stopped.resolve();
  };
  either.addEventListener('abort', onAbort, { once: true });
  return {
    signal: either,
    isPaused: () => pause !== undefined,
    pause() {
      if (either.aborted) return;
      pause ??= { sinceMs: clockMs(), over: Promise.withResolvers() };
    },
    goOn,
    stop: () => stopping.abort(),
    isSaved: () => isKept,
    save() {
      isKept = true;
      saved.resolve();
    },
    unsave() {
      isKept = false;
      saved = Promise.withResolvers();
    },
    whenSaved: async () => (isKept ? undefined : saved.promise),
    whenStopped: stopped.promise,
    whenRunning: async () => pause?.over.promise,
    nowMs: () => (pause?.sinceMs ?? clockMs()) - pausedMs,
  };
}
