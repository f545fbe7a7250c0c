// Learning: from corrections to a promoted version. Trains in the background, has the gate compare the
// version with the champion, and promotes it if the person decides so. One step runs at a time; each
// ends in actions, and failures become state.

import { isAppError } from '../../app-error.ts';
import type { Calls } from '../../installation.ts';
import { firstRowOf, type Gate, type PromotionDecision } from '../../state/learning/gate.ts';
import {
  type ComparisonProgress,
  canBeStopped,
  type Learning,
  noLearning,
} from '../../state/learning/learning.ts';
import { drawingMode } from '../../state/mode.ts';
import type { NoticeTopic } from '../../state/notice.ts';
import type { Store } from '../../state/store.ts';
import { durationAfter } from '../../storage/learning-file.ts';
import type { TrainerClient, TrainingTask } from '../../trainer/trainer-client.ts';
import { createTimeEstimator, type TrainerEvent } from '../../trainer/trainer-event.ts';
import type { LearningMemoryKeeper } from './learning-memory.ts';
import {
  externalServiceMessage,
  noServiceMessage,
  nothingToLearnMessage,
  notPromotedMessage,
  stoppedMessage,
  trainingStoppedMessage,
} from './learning-messages.ts';
import type { DrawingPrediction, Repredictor } from './repredict.ts';

export interface LearningEffects {
  /** Counts the corrections and asks whether to train, or shows the question that is open. */
  learn(): void;
  /** Trains on the corrections that were counted, and compares the result with the champion. */
  train(): void;
  /** Ends a check or a comparison at once; before it ends a training, it asks. */
  cancel(): void;
  /** Ends a check, a training or a comparison. */
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
  /** How long the last training and comparison took. */
  readonly memory: LearningMemoryKeeper;
  /** Predicts the drawing before and after a promotion. */
  readonly repredictor: Repredictor;
  /** The status line: progress that does not change it is not dispatched. */
  readonly learningLine: (learning: Learning) => string | undefined;
  /** The commands that messages name. */
  readonly calls: Pick<Calls, 'train' | 'promote'>;
  /** Milliseconds on any clock. */
  readonly nowMs: () => number;
}

export function createLearningEffects(options: LearningEffectsOptions): LearningEffects {
  const { store, trainer, embeddedModelsFolder, memory, repredictor, learningLine } = options;
  const { calls, nowMs } = options;
  let currentStep = Promise.resolve();
  let stopping = new AbortController();
  let models: string | undefined;
  let url = '';
  let hasCheckpoint = false;

  const notify = (text: string, isBad: boolean, about?: NoticeTopic) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad, ...(about && { about }) } });
  const setLearning = (learning: Learning) =>
    store.dispatch({ type: 'learning-changed', learning });

  /** The service may have come back at another address meanwhile. */
  function currentTask(): TrainingTask {
    const { service, review } = store.getState();
    if (service.status === 'connected') url = service.url;
    return { url, models, confirmed: review.confirmed };
  }

  /** Runs one step; an error of the trainer becomes state. */
  function run(step: (signal: AbortSignal) => Promise<void>): void {
    stopping = new AbortController();
    const { signal } = stopping;
    currentStep = step(signal).catch((error: unknown) => {
      if (!isAppError(error, 'trainer')) throw error;
      if (!signal.aborted) return setLearning({ type: 'failed', why: error.message });
      const { learning } = store.getState();
      setLearning(afterStop(learning));
      // Not before: the trainer writes its last checkpoint when it is stopped.
      if (learning.type === 'training')
        notify(trainingStoppedMessage(hasCheckpoint, calls.train), false);
    });
  }

  /** @returns whether there is a service; its models folder is that of the next steps */
  function takeService(): boolean {
    const { service } = store.getState();
    if (service.status !== 'connected') {
      notify(noServiceMessage, true, 'service');
      return false;
    }
    models = service.origin === 'embedded' ? embeddedModelsFolder : undefined;
    return true;
  }

  async function check(signal: AbortSignal): Promise<void> {
    setLearning({ type: 'checking' });
    const { trained, heldOut, suspects } = await trainer.check(currentTask(), signal);
    store.dispatch({ type: 'suspects-found', suspects });
    if (trained > 0) {
      const duration = durationAfter(memory.get());
      return setLearning({ type: 'checked', plan: { trained, heldOut, duration } });
    }
    setLearning(noLearning);
    notify(nothingToLearnMessage(heldOut, suspects.length), true);
  }

  async function trainAndCompare(signal: AbortSignal): Promise<void> {
    hasCheckpoint = false;
    setLearning({ type: 'training', progress: undefined });
    const startedMs = nowMs();
    const { version, isChampion } = await trainer.train(currentTask(), createListener(), signal);
    memory.change({ trainingMs: nowMs() - startedMs });
    if (isChampion) return awaitVersion(version, undefined, signal);
    await compare(version, signal);
  }

  async function compare(version: string, signal: AbortSignal): Promise<void> {
    setLearning({ type: 'comparing', version, progress: undefined });
    const startedMs = nowMs();
    const onProgress = createProgressListener(progress =>
      setLearning({ type: 'comparing', version, progress }),
    );
    const gate = await trainer.compare(currentTask(), version, onProgress, signal);
    memory.change({ comparisonMs: nowMs() - startedMs });
    setLearning({ type: 'compared', gate });
  }

  /** @returns a listener for the fraction of a comparison that is done */
  function createProgressListener(
    show: (progress: ComparisonProgress) => void,
  ): (fraction: number) => void {
    const estimateRemainingMs = createTimeEstimator();
    return fraction => show({ fraction, remainingMs: estimateRemainingMs(fraction, nowMs()) });
  }

  /** @returns a listener that puts the trainer's events into the state, as far as they are shown */
  function createListener(): (event: TrainerEvent) => void {
    const estimateRemainingMs = createTimeEstimator();
    // There are a hundred batches a second: not each is worth a frame.
    const show = (next: Learning, before: Learning) => {
      if (learningLine(next) !== learningLine(before)) setLearning(next);
    };
    return event => {
      const { learning } = store.getState();
      if (learning.type !== 'training') return;
      if (event.type === 'corrections') {
        store.dispatch({ type: 'suspects-found', suspects: event.suspects });
      }
      if (event.type === 'checkpoint') hasCheckpoint = true;
      if (event.type === 'preparation') {
        const { step, fraction } = event;
        return show({ ...learning, preparation: { step, fraction } }, learning);
      }
      if (event.type !== 'progress') return;
      const { fraction, epoch, epochs } = event;
      const remainingMs = estimateRemainingMs(fraction, nowMs());
      show({ ...learning, progress: { fraction, epoch, epochs, remainingMs } }, learning);
    };
  }

  function promote(compared: Gate): void {
    const { version } = compared;
    run(async signal => {
      setLearning({ type: 'promoting', version, progress: undefined });
      const before = await repredictor.predictNow(signal);
      const onProgress = createProgressListener(progress =>
        setLearning({ type: 'promoting', version, progress }),
      );
      const gate = await trainer.promote(currentTask(), compared, onProgress, signal);
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
    notify(outcome.text, outcome.isBad, outcome.about);
  }

  function leaveChampion(): void {
    const { learning } = store.getState();
    if (learning.type !== 'compared') return;
    setLearning(noLearning);
    notify(notPromotedMessage(learning.gate, calls.promote), false);
  }

  function stop(): void {
    const { learning } = store.getState();
    store.dispatch({ type: 'mode-changed', mode: drawingMode });
    if (!canBeStopped(learning)) return;
    stopping.abort();
    notify(stoppedMessage(learning), false);
  }

  return {
    stop,
    learn() {
      const { learning } = store.getState();
      switch (learning.type) {
        case 'checking':
        case 'training':
        case 'comparing':
          return store.dispatch({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
        case 'checked':
          return store.dispatch({ type: 'mode-changed', mode: { type: 'confirming-training' } });
        case 'trained':
          if (takeService()) run(signal => compare(learning.version, signal));
          return;
        case 'compared': {
          const row = firstRowOf(learning.gate);
          return store.dispatch({ type: 'mode-changed', mode: { type: 'gate', row } });
        }
        case 'promoting':
        case 'promoted':
          return notify('A new model is being promoted.', false, 'learning');
        default:
          if (takeService()) run(check);
      }
    },
    train() {
      const { learning, service } = store.getState();
      if (learning.type !== 'checked') return;
      if (!takeService()) return;
      run(trainAndCompare);
      const isEmbedded = service.status === 'connected' && service.origin === 'embedded';
      if (!isEmbedded) notify(externalServiceMessage, false, 'learning');
    },
    cancel() {
      const { learning } = store.getState();
      if (learning.type === 'checking' || learning.type === 'comparing') stop();
      if (learning.type !== 'training') return;
      store.dispatch({ type: 'mode-changed', mode: { type: 'confirming-stop' } });
    },
    decide(decision) {
      const { learning } = store.getState();
      if (learning.type !== 'compared') return;
      const { passes } = learning.gate;
      if (decision === 'leave' || (decision === 'later' && !passes)) return leaveChampion();
      if (decision === 'promote' && passes) return promote(learning.gate);
      if (decision === 'later') store.dispatch({ type: 'mode-changed', mode: drawingMode });
    },
    close() {
      stopping.abort();
      return currentStep;
    },
  };
}

/** A version that was trained stays, and can be compared later. */
function afterStop(learning: Learning): Learning {
  return learning.type === 'comparing'
    ? { type: 'trained', version: learning.version }
    : noLearning;
}
