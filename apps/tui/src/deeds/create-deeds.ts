// All that the app does beyond changing its state, put together over one store.

import { createOutbox } from '../outbox/outbox.ts';
import { outboxFolder } from '../outbox/outbox-folder.ts';
import { layoutOf } from '../screen/layout.ts';
import { settingsPath, writeSettings } from '../settings/settings-file.ts';
import { createAsking } from '../state/asking.ts';
import { readWhileDrawing } from '../state/live-reading.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import type { Mouse } from '../terminal/mouse.ts';
import { createFileDeeds } from './file-deeds.ts';
import { createLabelDeeds } from './label-deeds.ts';
import { keepMailing } from './mailing.ts';
import { createPerform, type Perform } from './perform.ts';
import type { ServiceSwitch } from './service-switch.ts';
import { createSettingDeeds } from './setting-deeds.ts';

export type DeedsOptions = {
  readonly store: Store;
  readonly service: ServiceSwitch;
  readonly mouse: Pick<Mouse, 'enable' | 'disable'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For practice; another one each time if there is none. */
  readonly seed: number | undefined;
  readonly quit: () => void;
};

export function createDeeds({ store, service, mouse, env, seed, quit }: DeedsOptions): Perform {
  const ask = createAsking({ store, connection: service, wantsExplanation });
  const never = new AbortController().signal;
  const outbox = createOutbox({
    folder: outboxFolder(env),
    send: letter => service.sendFeedback(letter, never),
  });
  const now = () => new Date();
  readWhileDrawing(store, () => void ask());
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
    newSeed: () => seed ?? Date.now(),
  });
}

/** Where it is laid over the canvas, and where there is room for what the network saw. */
function wantsExplanation({ isExplaining, window }: State): boolean {
  return isExplaining || layoutOf(window)?.isSeenShown === true;
}
