// Effects over a store, of a service, an outbox and files of settings that are stubs, for tests.

import type { Prediction } from '@digits/client';
import type { AppError } from '../../src/app-error.ts';
import { createCommandExecutor } from '../../src/effects/execute-command.ts';
import { createFileEffects } from '../../src/effects/file-effects.ts';
import { createLabelEffects } from '../../src/effects/label-effects.ts';
import type { LearningEffects } from '../../src/effects/learning/learning-effects.ts';
import { createSettingsEffects } from '../../src/effects/settings-effects.ts';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import type { OutboxEvent } from '../../src/outbox/outbox.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Action } from '../../src/state/action.ts';
import type { Settings } from '../../src/state/settings.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

export const draw: Action = { type: 'stroke-began', at: [7, 7], timeMs: 0 };
export const nowMs = new Date(2026, 10, 24, 7, 11, 13);

export interface SetUp {
  readonly actions?: readonly Action[];
  readonly prediction?: Prediction | undefined;
  readonly outboxFailure?: AppError;
  readonly writeFailure?: Error;
  /** What the service does before it predicts. */
  readonly service?: (signal: AbortSignal) => Promise<void>;
  /** Its prediction, where it is not a plain 7. */
  readonly seen?: Partial<Prediction>;
  readonly deletionFailure?: AppError;
  /** The ids of the entries that were sent, by their names. */
  readonly sent?: ReadonlyMap<string, string>;
}

export function setUp({
  actions = [],
  prediction,
  outboxFailure,
  writeFailure,
  service,
  seen,
  deletionFailure,
  sent = new Map(),
}: SetUp = {}) {
  let tell: (event: OutboxEvent) => void = () => {};
  const store = createStore(exampleState({ service: connectedService }));
  actions.forEach(store.dispatch);
  const entries: OutboxEntry[] = [];
  const written: Settings[] = [];
  const did: unknown[] = [];
  const now = () => nowMs;
  const requestPrediction = async () => {
    did.push('ask');
    return prediction;
  };
  const labels = createLabelEffects({
    store,
    requestPrediction,
    now,
    outbox: {
      async add(entry) {
        if (outboxFailure) throw outboxFailure;
        entries.push(entry);
        return `${entries.length}.json`;
      },
      async remove(name) {
        did.push({ remove: name });
        return !sent.has(name);
      },
      async flush() {
        for (const [name, id] of sent) tell({ type: 'sent', name, id });
      },
      onChange(listener) {
        tell = listener;
        return () => {};
      },
    },
    async deleteSent(id) {
      if (deletionFailure) throw deletionFailure;
      did.push({ delete: id });
    },
  });
  const settings = createSettingsEffects({
    store,
    async write(whole) {
      if (writeFailure) throw writeFailure;
      written.push(whole);
    },
    connectTo: apiUrl => did.push({ apiUrl }),
  });
  const connection = {
    async predict(bytes: Uint8Array, { explain, signal }: PredictOptions) {
      did.push({ sent: bytes.length, explain });
      await service?.(signal);
      return { ...sevenPrediction, ...seen };
    },
  };
  const files = createFileEffects({ store, connection, now });
  const learning: LearningEffects = {
    learn: () => did.push('learn'),
    train: () => did.push('train'),
    cancel: () => did.push('cancel'),
    stop: () => did.push('stop learning'),
    decide: decision => did.push({ decision }),
    async close() {},
  };
  const effects = createCommandExecutor({
    store,
    requestPrediction,
    labels,
    settings,
    files,
    learning,
    corrections: {
      open: () => did.push('list'),
      askDeletion: () => did.push('ask deletion'),
      delete: async id => void did.push({ deleted: id }),
      confirm: () => did.push('confirm'),
    },
    watch: {
      open: () => did.push('open watch'),
      choose: (row, steps) => did.push({ row, steps }),
      start: () => did.push('start'),
      togglePause: () => did.push('pause'),
      keep: () => did.push('keep'),
      stop: () => did.push('stop'),
      leave: () => did.push('leave'),
      async close() {},
    },
    quit: () => did.push('quit'),
    switchMouse: isOn => did.push({ mouse: isOn }),
    newSeed: () => 7,
  });
  const notice = () => store.getState().notice?.text;
  return { store, labels, settings, files, effects, entries, written, did, notice };
}
