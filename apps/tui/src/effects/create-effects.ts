// Puts all effects together over one store: everything that the app does beyond changing its state.

import { setTimeout as wait } from 'node:timers/promises';
import { isEvidenceShown } from '@digits/client';
import { systemErrorText } from '../app-error.ts';
import type { Installation } from '../installation.ts';
import { createOutbox } from '../outbox/outbox.ts';
import type { ServiceSwitch } from '../service/service-switch.ts';
import { needsLayers } from '../state/inside/selected-neuron.ts';
import type { Learning } from '../state/learning/learning.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { decodeCorrection } from '../storage/correction-picture.ts';
import { type LearningMemory, writeLearningMemory } from '../storage/learning-file.ts';
import { writeSettings } from '../storage/settings-file.ts';
import type { Mouse } from '../terminal/mouse.ts';
import { createTrainerClient } from '../trainer/trainer-client.ts';
import { createWatchClient } from '../trainer/watch-client.ts';
import { createCorrectionEffects } from './corrections-effects.ts';
import { createCommandExecutor, type Effects } from './execute-command.ts';
import { createFileEffects } from './file-effects.ts';
import { createLabelEffects } from './label-effects.ts';
import { createLearningEffects } from './learning/learning-effects.ts';
import { createLearningMemory } from './learning/learning-memory.ts';
import { createRepredictor } from './learning/repredict.ts';
import { startLivePrediction } from './live-prediction.ts';
import { startNeuronRequests } from './neuron-requests.ts';
import { startOutboxSync } from './outbox-sync.ts';
import { createPredictionRequester } from './request-prediction.ts';
import { createSettingsEffects } from './settings-effects.ts';
import { createWatchEffects } from './watch-effects.ts';

/** What the effects depend on of the view, which they do not import. */
export interface Display {
  /** Whether the window has a panel for the network's input. */
  readonly showsNetworkInput: (state: State) => boolean;
  /** Whether the screen has a place for the outputs of the layers. */
  readonly showsLayers: (state: State) => boolean;
  /** The status line of a training. */
  readonly learningLine: (learning: Learning) => string | undefined;
  /** Formats a fraction, 0…1. */
  readonly formatPercent: (fraction: number) => string;
}

export interface EffectsOptions {
  readonly store: Store;
  readonly service: ServiceSwitch;
  readonly mouse: Pick<Mouse, 'enable' | 'disable'>;
  readonly display: Display;
  /** As it was read at the start. */
  readonly learningMemory: LearningMemory;
  /** Of practice; without it each practice has another order of digits. */
  readonly seed: number | undefined;
  readonly installation: Installation;
  readonly quit: () => void;
}

/** At most thirty predictions a second, while the mouse reports 200 times a second. */
const livePredictionIntervalMs = 33;

/** With the layers, whose thousands of neurons take longer to draw: fifteen. */
const insideIntervalMs = 66;

/** Between two updates from a training that is watched: twelve a second. */
const watchIntervalMs = 80;

/** Between two requests for the examples of a neuron, which a service computes in some seconds. */
const examplesIntervalMs = 1000;

/** Between two checks whether the service serves a promoted model. */
const repredictIntervalMs = 250;

export function createEffects(options: EffectsOptions): Effects {
  const { store, service, mouse, display, seed, installation, quit } = options;
  const { files, programs, calls } = installation;
  const showsLayers = (state: State) =>
    needsLayers(state) || (display.showsLayers(state) && !state.inside.isUnsupported);
  const needsExplanation = (state: State) =>
    isEvidenceShown(state) || (!showsLayers(state) && display.showsNetworkInput(state));
  const requestPrediction = createPredictionRequester({
    store,
    connection: service,
    needsExplanation,
    needsLayers: showsLayers,
  });
  const never = new AbortController().signal;
  // Otherwise the trainer has the same default as the service.
  const models = typeof files.models === 'string' ? files.models : undefined;
  const newSeed = () => seed ?? Date.now();
  const outbox = createOutbox({
    folder: files.outbox,
    send: entry => service.sendFeedback(entry, never),
  });
  const now = () => new Date();
  const outboxSync = startOutboxSync(store, outbox);
  const memoryPath = files.learning;
  const memory = createLearningMemory({
    initial: options.learningMemory,
    write: changed => writeLearningMemory(memoryPath, changed),
    onError: error => {
      const text = `${memoryPath} cannot be written: ${systemErrorText(error)}.`;
      store.dispatch({ type: 'notice-shown', notice: { text, isBad: true } });
    },
  });
  const labels = createLabelEffects({
    store,
    outbox: outboxSync,
    deleteSent: id => service.use((client, signal) => client.deleteFeedback(id, signal)),
    requestPrediction,
    now,
  });
  startLivePrediction(store, {
    requestPrediction: () => void requestPrediction(),
    needsExplanation,
    needsLayers: showsLayers,
    startTimer(onExpired) {
      const areLayersShown = showsLayers(store.getState());
      setTimeout(onExpired, areLayersShown ? insideIntervalMs : livePredictionIntervalMs);
    },
  });
  startNeuronRequests(store, {
    service,
    startTimer: onExpired => void setTimeout(onExpired, examplesIntervalMs).unref(),
  });
  return createCommandExecutor({
    store,
    requestPrediction,
    quit,
    switchMouse: isOn => (isOn ? mouse.enable() : mouse.disable()),
    files: createFileEffects({ store, connection: service, now }),
    labels,
    corrections: createCorrectionEffects({
      store,
      outbox: outboxSync,
      service,
      memory,
      decode: picture =>
        decodeCorrection(picture, async other => {
          const options = { explain: true, signal: never };
          return (await service.use(client => client.predict(other, options))).seen;
        }),
      onDeleted: labels.forget,
    }),
    settings: createSettingsEffects({
      store,
      write: settings => writeSettings(files.settings, settings),
      connectTo: service.connectTo,
    }),
    learning: createLearningEffects({
      store,
      trainer: createTrainerClient(programs),
      embeddedModelsFolder: models,
      memory,
      repredictor: createRepredictor({
        store,
        connection: service,
        formatPercent: display.formatPercent,
        requestPrediction: () => void requestPrediction(),
        wait: () => wait(repredictIntervalMs),
      }),
      learningLine: display.learningLine,
      calls,
      nowMs: () => performance.now(),
    }),
    watch: createWatchEffects({
      store,
      client: createWatchClient(programs),
      models,
      newSeed,
      nowMs: () => performance.now(),
      startTimer: onExpired => void setTimeout(onExpired, watchIntervalMs),
    }),
    newSeed,
  });
}
