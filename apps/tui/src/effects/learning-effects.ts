// From a correction to a better champion: trains in the background, has the gate compare, asks, and
// promotes. One thing at a time; each step ends in actions, and what goes wrong becomes state.

import { isAppError } from '../app-error.ts';
import type { Gate, PromotionDecision } from '../state/gate.ts';
import { canBeStopped, type Learning, noLearning } from '../state/learning.ts';
import { drawingMode } from '../state/mode.ts';
import type { Store } from '../state/store.ts';
import type { TrainerClient, TrainingTask } from '../trainer/trainer-client.ts';
import type { TrainerEvent } from '../trainer/trainer-event.ts';
import { createTimeEstimator } from '../trainer/trainer-event.ts';
import { learningLine } from '../view/text/learning-line.ts';
import type { DrawingPrediction, Repredictor } from './repredict.ts';

export interface LearningEffects {
  /** t: begins, or shows what there is to decide. */
  learn(): void;
  /** Ends a training or a comparison; its checkpoint stays. */
  stop(): void;
  decide(decision: PromotionDecision): void;
  /** Ends whatever is under way, and settles when its process is gone. */
  close(): Promise<void>;
}

interface LearningEffectsOptions {
  readonly store: Store;
  readonly trainer: TrainerClient;
  /** The models folder of a service of our own, unless it is the workspace's. */
  readonly embeddedModelsFolder: string | undefined;
  /** Reads the drawing before and after. */
  readonly repredictor: Repredictor;
  /** Milliseconds on any clock. */
  readonly nowMs: () => number;
}

export function createLearningEffects(options: LearningEffectsOptions): LearningEffects {
  const {
    store,
    trainer: learner,
    embeddedModelsFolder: ownModels,
    repredictor: reread,
    nowMs,
  } = options;
  let work = Promise.resolve();
  let stopping = new AbortController();
  let task: TrainingTask = { url: '', models: undefined };

  const tell = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });
  const change = (learning: Learning) => store.dispatch({ type: 'learning-changed', learning });

  /** The service may have come back at another address meanwhile. */
  function currentTask(): TrainingTask {
    const { service } = store.getState();
    return service.status === 'connected' ? { ...task, url: service.url } : task;
  }

  /** Does one step; nothing it throws is lost. */
  function run(step: (signal: AbortSignal) => Promise<void>): void {
    stopping = new AbortController();
    const { signal } = stopping;
    work = step(signal).catch((error: unknown) => {
      if (!isAppError(error, 'trainer')) throw error;
      if (signal.aborted) return change(noLearning);
      change({ type: 'failed', why: error.message });
    });
  }

  function begin(): void {
    const { corrections, service } = store.getState();
    if (corrections.saved === 0) tell(noCorrectionsMessage, true);
    else if (service.status !== 'connected') tell(noServiceMessage, true);
    else {
      const isOwn = service.origin === 'embedded';
      task = { url: service.url, models: isOwn ? ownModels : undefined };
      if (!isOwn) tell(externalServiceMessage, false);
      run(trainAndCompare);
    }
  }

  async function trainAndCompare(signal: AbortSignal): Promise<void> {
    change({ type: 'training', progress: undefined, suspectLabels: undefined });
    const { version, isChampion } = await learner.train(currentTask(), createListener(), signal);
    if (isChampion) return awaitModel(version, undefined, signal);
    const { learning } = store.getState();
    const suspectLabels = learning.type === 'training' ? learning.suspectLabels : undefined;
    change({ type: 'comparing', version, suspectLabels });
    const gate = await learner.compare(currentTask(), version, signal);
    change({ type: 'compared', gate, suspectLabels });
  }

  /** @returns what puts the trainer's events into the state, as far as they can be seen */
  function createListener(): (event: TrainerEvent) => void {
    const timeLeft = createTimeEstimator();
    return event => {
      const { learning } = store.getState();
      if (learning.type !== 'training') return;
      if (event.type === 'corrections') change({ ...learning, suspectLabels: event.suspectLabels });
      if (event.type !== 'progress') return;
      const { fraction, epoch, epochs } = event;
      const progress = { fraction, epoch, epochs, remainingMs: timeLeft(fraction, nowMs()) };
      const further = { ...learning, progress };
      // A hundred batches a second are not to be drawn.
      if (learningLine(further) !== learningLine(learning)) change(further);
    };
  }

  function promote(version: string): void {
    run(async signal => {
      change({ type: 'promoting', version });
      const before = await reread.predictNow(signal);
      const gate = await learner.promote(currentTask(), version, signal);
      if (gate.promoted) return awaitModel(version, before, signal);
      change({ type: 'failed', why: `${version} was not promoted: ${gate.why}.` });
    });
  }

  async function awaitModel(
    version: string,
    before: DrawingPrediction | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    change({ type: 'promoted', version });
    const outcome = await reread.awaitVersion(version, before, signal);
    change(noLearning);
    tell(outcome.text, outcome.isBad);
  }

  function drop(): void {
    const { learning } = store.getState();
    if (learning.type !== 'compared') return;
    change(noLearning);
    tell(notPromotedMessage(learning.gate), false);
  }

  return {
    learn() {
      const { learning } = store.getState();
      if (canBeStopped(learning)) {
        store.dispatch({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
      } else if (learning.type === 'compared') {
        store.dispatch({ type: 'mode-changed', mode: { type: 'gate', row: 0 } });
      } else if (learning.type === 'promoting' || learning.type === 'promoted') {
        tell('A new model is just taking its place.', false);
      } else begin();
    },
    stop() {
      const { learning } = store.getState();
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
      if (!canBeStopped(learning)) return;
      stopping.abort();
      tell(stoppedMessage(learning), false);
    },
    decide(decision) {
      const { learning } = store.getState();
      if (learning.type !== 'compared') return;
      const { passes, version } = learning.gate;
      if (decision === 'leave' || (decision === 'later' && !passes)) return drop();
      if (decision === 'promote' && passes) return promote(version);
      if (decision === 'later') store.dispatch({ type: 'mode-changed', mode: drawingMode });
    },
    close() {
      stopping.abort();
      return work;
    },
  };
}

export const noCorrectionsMessage =
  'Nothing to learn from yet: f and a digit correct what is drawn, then t.';

export const noServiceMessage = 'There is no service at the moment to have the corrections from.';

/** Said of a service that others started: nobody here knows its folder. */
export const externalServiceMessage =
  'Learning while you draw. This service takes it up if it serves from this repository’s models/.';

/** @returns what is left of a training or a comparison that is stopped */
export function stoppedMessage(learning: Learning): string {
  if (learning.type !== 'comparing') {
    return 'Stopped. What was learnt stays as a checkpoint: nn:train --feedback --resume goes on.';
  }
  const { version } = learning;
  return `Stopped. ${version} stays; npx nx run nn:promote ${version} compares it.`;
}

/** @returns what becomes of a version that is not promoted */
export function notPromotedMessage({ passes, version }: Gate): string {
  const later = passes ? ` To promote it later: npx nx run nn:promote ${version}` : '';
  return `The champion stays.${later}`;
}
