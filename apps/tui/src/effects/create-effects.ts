// All that the app does beyond changing its state, put together over one store.

import { setTimeout as wait } from 'node:timers/promises';
import { createOutbox } from '../outbox/outbox.ts';
import { outboxFolder } from '../outbox/outbox-folder.ts';
import type { ServiceSwitch } from '../service/service-switch.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { settingsPath, writeSettings } from '../storage/settings-file.ts';
import type { Mouse } from '../terminal/mouse.ts';
import { createLearner } from '../trainer/trainer-client.ts';
import { workshopIn } from '../trainer/trainer-paths.ts';
import { layoutOf } from '../view/layout.ts';
import { createPerform, type Perform } from './execute-command.ts';
import { createFileDeeds } from './file-effects.ts';
import { createLabelDeeds } from './label-effects.ts';
import { createLearningDeeds } from './learning-effects.ts';
import { readWhileDrawing } from './live-prediction.ts';
import { keepMailing } from './outbox-sync.ts';
import { createReread } from './repredict.ts';
import { createAsking } from './request-prediction.ts';
import { createSettingDeeds } from './settings-effects.ts';

export interface DeedsOptions {
  readonly store: Store;
  readonly service: ServiceSwitch;
  readonly mouse: Pick<Mouse, 'enable' | 'disable'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For practice; another one each time if there is none. */
  readonly seed: number | undefined;
  /** The workspace, which has the commands that learn. */
  readonly workspace: string;
  readonly quit: () => void;
}

/** Thirty readings a second: more are not read by anyone, and a mouse reports 200 times. */
const restMs = 33;

/** Between two looks at whether a promoted model is served. */
const rereadRestMs = 250;

export function createDeeds(options: DeedsOptions): Perform {
  const { store, service, mouse, env, seed, quit } = options;
  const ask = createAsking({ store, connection: service, wantsExplanation });
  const never = new AbortController().signal;
  const outbox = createOutbox({
    folder: outboxFolder(env),
    send: letter => service.sendFeedback(letter, never),
  });
  const now = () => new Date();
  readWhileDrawing(store, {
    ask: () => void ask(),
    rest: rested => void setTimeout(rested, restMs),
  });
  return createPerform({
    store,
    ask,
    quit,
    switchMouse: isOn => (isOn ? mouse.enable() : mouse.disable()),
    files: createFileDeeds({ store, now }),
    labels: createLabelDeeds({ store, outbox: keepMailing(store, outbox), ask, now }),
    settings: createSettingDeeds({
      store,
      write: settings => writeSettings(settingsPath(env), settings),
      connectTo: service.connectTo,
    }),
    learning: createLearningDeeds({
      store,
      learner: createLearner(workshopIn(options.workspace)),
      // An empty one is as good as none, to the service too.
      ownModels: env['MODELS_DIR'] || undefined,
      reread: createReread({
        store,
        connection: service,
        ask: () => void ask(),
        rest: () => wait(rereadRestMs),
      }),
      nowMs: () => performance.now(),
    }),
    newSeed: () => seed ?? Date.now(),
  });
}

/** Where it is laid over the canvas, and where there is room for what the network saw. */
function wantsExplanation({ isExplaining, window }: State): boolean {
  return isExplaining || layoutOf(window)?.isSeenShown === true;
}
