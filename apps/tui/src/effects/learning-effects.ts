// Learning: from corrections to a promoted version. Trains in the background, has the gate compare the
// version with the champion, and promotes it if the person decides so. One step runs at a time; each
// ends in actions, and failures become state.

import { isAppError } from '../app-error.ts';
import type { Gate, PromotionDecision } from '../state/gate.ts';
import { canBeStopped, type Learning, noLearning } from '../state/learning.ts';
import { drawingMode } from '../state/mode.ts';
import type { Store } from '../state/store.ts';
import type { TrainerClient, TrainingTask } from '../trainer/trainer-client.ts';
import { createTimeEstimator, type TrainerEvent } from '../trainer/trainer-event.ts';
import type { DrawingPrediction, Repredictor } from './repredict.ts';

export interface LearningEffects {
  /** Begins a training, or shows the result of the gate to decide on. */
  learn(): void;
  /** Ends a training or a comparison; a checkpoint remains. */
  stop(): void;
  decide(decision: PromotionDecision): void;
  /** Ends the current step and settles when its process has exited. */
  close(): Promise<void>;
}

interface LearningEffectsOptions {
  readonly store: Store;
  readonly trainer: TrainerClient;
  /** The models folder of an embedded service, unless it is the workspace's. */
  readonly embeddedModelsFolder: string | undefined;
  /** Predicts the drawing before and after a promotion. */
  readonly repredictor: Repredictor;
  /** The status line: progress that does not change it is not dispatched. */
  readonly learningLine: (learning: Learning) => string | undefined;
  /** Milliseconds on any clock. */
  readonly nowMs: () => number;
}

export function createLearningEffects(options: LearningEffectsOptions): LearningEffects {
  const { store, trainer, embeddedModelsFolder, repredictor, learningLine, nowMs } = options;
  let currentStep = Promise.resolve();
  let stopping = new AbortController();
  let task: TrainingTask = { url: '', models: undefined };

  const notify = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });
  const setLearning = (learning: Learning) =>
    store.dispatch({ type: 'learning-changed', learning });

  /** The service may have come back at another address meanwhile. */
  function currentTask(): TrainingTask {
    const { service } = store.getState();
    return service.status === 'connected' ? { ...task, url: service.url } : task;
  }

  /** Runs one step; an error of the trainer becomes state. */
  function run(step: (signal: AbortSignal) => Promise<void>): void {
    stopping = new AbortController();
    const { signal } = stopping;
    currentStep = step(signal).catch((error: unknown) => {
      if (!isAppError(error, 'trainer')) throw error;
      if (signal.aborted) return setLearning(noLearning);
      setLearning({ type: 'failed', why: error.message });
    });
  }

  function begin(): void {
    const { corrections, service } = store.getState();
    if (corrections.saved === 0) notify(noCorrectionsMessage, true);
    else if (service.status !== 'connected') notify(noServiceMessage, true);
    else {
      const isEmbedded = service.origin === 'embedded';
      task = { url: service.url, models: isEmbedded ? embeddedModelsFolder : undefined };
      if (!isEmbedded) notify(externalServiceMessage, false);
      run(trainAndCompare);
    }
  }

  async function trainAndCompare(signal: AbortSignal): Promise<void> {
    setLearning({ type: 'training', progress: undefined, suspectLabels: undefined });
    const { version, isChampion } = await trainer.train(currentTask(), createListener(), signal);
    if (isChampion) return awaitVersion(version, undefined, signal);
    const { learning } = store.getState();
    const suspectLabels = learning.type === 'training' ? learning.suspectLabels : undefined;
    setLearning({ type: 'comparing', version, suspectLabels });
    const gate = await trainer.compare(currentTask(), version, signal);
    setLearning({ type: 'compared', gate, suspectLabels });
  }

  /** @returns a listener that puts the trainer's events into the state, as far as they are shown */
  function createListener(): (event: TrainerEvent) => void {
    const estimateRemainingMs = createTimeEstimator();
    return event => {
      const { learning } = store.getState();
      if (learning.type !== 'training') return;
      if (event.type === 'corrections') {
        setLearning({ ...learning, suspectLabels: event.suspectLabels });
      }
      if (event.type !== 'progress') return;
      const { fraction, epoch, epochs } = event;
      const remainingMs = estimateRemainingMs(fraction, nowMs());
      const next = { ...learning, progress: { fraction, epoch, epochs, remainingMs } };
      // There are a hundred batches a second: not each is worth a frame.
      if (learningLine(next) !== learningLine(learning)) setLearning(next);
    };
  }

  function promote(version: string): void {
    run(async signal => {
      setLearning({ type: 'promoting', version });
      const before = await repredictor.predictNow(signal);
      const gate = await trainer.promote(currentTask(), version, signal);
      if (gate.promoted) return awaitVersion(version, before, signal);
      setLearning({ type: 'failed', why: `${version} was not promoted: ${gate.why}.` });
    });
  }

  async function awaitVersion(
    version: string,
    before: DrawingPrediction | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    setLearning({ type: 'promoted', version });
    const outcome = await repredictor.awaitVersion(version, before, signal);
    setLearning(noLearning);
    notify(outcome.text, outcome.isBad);
  }

  function leaveChampion(): void {
    const { learning } = store.getState();
    if (learning.type !== 'compared') return;
    setLearning(noLearning);
    notify(notPromotedMessage(learning.gate), false);
  }

  return {
    learn() {
      const { learning } = store.getState();
      if (canBeStopped(learning)) {
        store.dispatch({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
      } else if (learning.type === 'compared') {
        store.dispatch({ type: 'mode-changed', mode: { type: 'gate', row: 0 } });
      } else if (learning.type === 'promoting' || learning.type === 'promoted') {
        notify('A new model is being promoted.', false);
      } else begin();
    },
    stop() {
      const { learning } = store.getState();
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
      if (!canBeStopped(learning)) return;
      stopping.abort();
      notify(stoppedMessage(learning), false);
    },
    decide(decision) {
      const { learning } = store.getState();
      if (learning.type !== 'compared') return;
      const { passes, version } = learning.gate;
      if (decision === 'leave' || (decision === 'later' && !passes)) return leaveChampion();
      if (decision === 'promote' && passes) return promote(version);
      if (decision === 'later') store.dispatch({ type: 'mode-changed', mode: drawingMode });
    },
    close() {
      stopping.abort();
      return currentStep;
    },
  };
}

const noCorrectionsMessage =
  'There are no corrections to learn from: press f and a digit to correct a drawing, then t.';

const noServiceMessage = 'There is no service at the moment to take the corrections from.';

/** For a service that this app did not start and whose models folder it does not know. */
const externalServiceMessage =
  'Learning while you draw. The service uses the result if it serves this repository’s models.';

function stoppedMessage(learning: Learning): string {
  if (learning.type !== 'comparing') {
    return 'Stopped. The checkpoint remains: nn:train --feedback --resume continues it.';
  }
  const { version } = learning;
  return `Stopped. ${version} remains; npx nx run nn:promote ${version} compares it.`;
}

function notPromotedMessage({ passes, version }: Gate): string {
  const later = passes ? ` To promote it later: npx nx run nn:promote ${version}` : '';
  return `The champion stays.${later}`;
}
