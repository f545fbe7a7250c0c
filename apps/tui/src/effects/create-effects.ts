// All that the app does beyond changing its state, put together over one store.

import { setTimeout as wait } from 'node:timers/promises';
import { outboxFolder } from '../outbox/folder.ts';
import { createOutbox } from '../outbox/outbox.ts';
import type { ServiceSwitch } from '../service/service-switch.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { settingsPath, writeSettings } from '../storage/settings-file.ts';
import type { Mouse } from '../terminal/mouse.ts';
import { createTrainerClient } from '../trainer/trainer-client.ts';
import { trainerPathsIn } from '../trainer/trainer-paths.ts';
import { layoutOf } from '../view/layout.ts';
import { createCommandExecutor, type Effects } from './execute-command.ts';
import { createFileEffects } from './file-effects.ts';
import { createLabelEffects } from './label-effects.ts';
import { createLearningEffects } from './learning-effects.ts';
import { startLivePrediction } from './live-prediction.ts';
import { startOutboxSync } from './outbox-sync.ts';
import { createRepredictor } from './repredict.ts';
import { createPredictionRequester } from './request-prediction.ts';
import { createSettingsEffects } from './settings-effects.ts';

export interface EffectsOptions {
  readonly store: Store;
  readonly service: ServiceSwitch;
  readonly mouse: Pick<Mouse, 'enable' | 'disable'>;
  readonly env: NodeJS.ProcessEnv;
  /** For practice; another one each time if there is none. */
  readonly seed: number | undefined;
  /** The workspace, which has the commands that learn. */
  readonly workspace: string;
  readonly quit: () => void;
}

/** Thirty readings a second: more are not read by anyone, and a mouse reports 200 times. */
const livePredictionIntervalMs = 33;

/** Between two looks at whether a promoted model is served. */
const repredictIntervalMs = 250;

export function createEffects(options: EffectsOptions): Effects {
  const { store, service, mouse, env, seed, quit } = options;
  const ask = createPredictionRequester({ store, connection: service, wantsExplanation });
  const never = new AbortController().signal;
  const outbox = createOutbox({
    folder: outboxFolder(env),
    send: letter => service.sendFeedback(letter, never),
  });
  const now = () => new Date();
  startLivePrediction(store, {
    requestPrediction: () => void ask(),
    startTimer: rested => void setTimeout(rested, livePredictionIntervalMs),
  });
  return createCommandExecutor({
    store,
    requestPrediction: ask,
    quit,
    switchMouse: isOn => (isOn ? mouse.enable() : mouse.disable()),
    files: createFileEffects({ store, now }),
    labels: createLabelEffects({
      store,
      outbox: startOutboxSync(store, outbox),
      requestPrediction: ask,
      now,
    }),
    settings: createSettingsEffects({
      store,
      write: settings => writeSettings(settingsPath(env), settings),
      connectTo: service.connectTo,
    }),
    learning: createLearningEffects({
      store,
      trainer: createTrainerClient(trainerPathsIn(options.workspace)),
      // An empty one is as good as none, to the service too.
      embeddedModelsFolder: env['MODELS_DIR'] || undefined,
      repredictor: createRepredictor({
        store,
        connection: service,
        requestPrediction: () => void ask(),
        wait: () => wait(repredictIntervalMs),
      }),
      nowMs: () => performance.now(),
    }),
    newSeed: () => seed ?? Date.now(),
  });
}

/** Where it is laid over the canvas, and where there is room for what the network saw. */
function wantsExplanation({ isExplaining, window }: State): boolean {
  return isExplaining || layoutOf(window)?.isNetworkInputShown === true;
}
