// Session recording: writes the session to a file with --record, and plays one with --replay.

import type { Store } from '../state/store.ts';
import type { SessionEvent } from '../storage/session-event.ts';
import { createSessionRecorder, type SessionRecorder } from '../storage/session-recorder.ts';
import { type ReplaySpeed, replaySession } from '../storage/session-replay.ts';
import type { TerminalInput } from '../terminal/terminal-input.ts';

/**
 * Starts a recording with the size of the window, to which all mouse positions refer. Predictions are
 * recorded from the store, input and further sizes by the caller.
 * @throws AppError `session-not-writable` if the file cannot be written
 */
export function recordSession(store: Store, file: string | undefined): SessionRecorder | undefined {
  if (file === undefined) return undefined;
  const recorder = createSessionRecorder({
    file,
    onError: error =>
      store.dispatch({ type: 'notice-shown', notice: { text: error.message, isBad: true } }),
  });
  const { columns, rows } = store.getState().window;
  recorder.resize(columns, rows);
  recordPredictions(store, recorder);
  return recorder;
}

function recordPredictions(store: Store, recorder: SessionRecorder): void {
  let last = store.getState().predicted;
  store.subscribe(() => {
    const { predicted } = store.getState();
    if (predicted !== undefined && predicted !== last) {
      const { digit, confidence, reason, latencyMs } = predicted.prediction;
      recorder.answer({ digit, confidence, reason, latencyMs });
    }
    last = predicted;
  });
}

/** Feeds a recorded session to the app, in a window of the recorded size. */
export async function playSession(
  events: readonly SessionEvent[],
  { store, input, speed }: { store: Store; input: TerminalInput; speed: ReplaySpeed },
): Promise<void> {
  const target = {
    input: input.feed,
    resize: (columns: number, rows: number) =>
      store.dispatch({ type: 'window-resized', window: { columns, rows } }),
  };
  const { signal } = new AbortController();
  await replaySession(events, target, { speed, signal });
}
