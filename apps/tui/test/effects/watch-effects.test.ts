// Watching a network learn, with a fake client in the place of the training.

import type { TrainingEvent, WatchCommand } from '@digits/protocol';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createWatchEffects } from '../../src/effects/watch-effects.ts';
import { noWatch } from '../../src/state/learning/watch.ts';
import { createStore } from '../../src/state/store.ts';
import type { WatchTask } from '../../src/trainer/watch-client.ts';
import { exampleState } from '../state/example-state.ts';

/** Effects whose training is the test's: it emits events, and gets commands. */
function setUp() {
  const store = createStore(exampleState());
  const tasks: WatchTask[] = [];
  const sent: WatchCommand[] = [];
  const timers: (() => void)[] = [];
  let emit: (event: TrainingEvent) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  let signal: AbortSignal | undefined;
  const effects = createWatchEffects({
    store,
    client: {
      watch(task, { onEvent, onStart }, stopping) {
        tasks.push(task);
        signal = stopping;
        emit = onEvent;
        onStart(command => sent.push(command));
        return new Promise((_, reject) => {
          fail = reject;
          stopping.addEventListener('abort', () => reject(new AppError('trainer-stopped', '')));
        });
      },
    },
    models: undefined,
    newSeed: () => 2 ** 32 + 7,
    nowMs: () => 0,
    startTimer: onExpired => timers.push(onExpired),
  });
  return {
    ...{ effects, store, tasks, sent },
    emit: (event: TrainingEvent) => emit(event),
    fail: (error: unknown) => fail(error),
    isStopped: () => signal?.aborted,
    expire() {
      for (const timer of timers.splice(0)) timer();
    },
    watch: () => store.getState().watch,
    mode: () => store.getState().mode.type,
  };
}

const answer = { picture: 'drawing', digit: 1, probabilities: Array(10).fill(0.1) };
const probe: TrainingEvent = { type: 'probe', step: 5, answers: [answer] };

test('the form chooses layers, rate, batch size and images, and Enter trains with them', t => {
  const { effects, tasks, watch, mode } = setUp();
  effects.open();
  t.is(mode(), 'choosing-training');
  effects.choose('layers', 1);
  for (let i = 0; i < 9; i++) effects.choose('images', -1);
  effects.start();
  t.is(mode(), 'watching');
  t.like(tasks[0], {
    seed: 7,
    configuration: { layerSizes: [784, 128, 64, 10], maxImages: 1000 },
  });
  t.is(watch().view?.isDone, false);
});

test('the drawing is sent when it changes, and its answer becomes state once a timer expires', t => {
  const { effects, store, sent, emit, expire, watch } = setUp();
  effects.start();
  expire();
  t.deepEqual(sent, [{ type: 'probe', picture: 'drawing', pixels: '' }]);
  store.dispatch({ type: 'stroke-began', at: [7, 7], timeMs: 0 });
  expire();
  expire();
  t.is(sent.length, 2);
  t.like(sent[1], { type: 'probe' });
  emit(probe);
  emit(probe);
  t.deepEqual(watch().view?.answers, []);
  expire();
  t.deepEqual(watch().view?.answers, [answer]);
  store.dispatch({ type: 'cleared' });
  expire();
  emit(probe);
  expire();
  t.deepEqual(watch().view?.answers, []);
});

test('p pauses and goes on, w keeps the network once', t => {
  const { effects, store, sent, watch, emit } = setUp();
  effects.start();
  effects.togglePause();
  t.true(watch().view?.isPaused);
  effects.togglePause();
  effects.keep();
  effects.keep();
  t.deepEqual(
    sent.map(({ type }) => type),
    ['pause', 'continue', 'save'],
  );
  const measured = { count: 1, correct: 1, accuracy: 1, loss: 0 };
  const model = { version: 'watched-7-0a1b2c3d', path: 'x', sha256: 'a'.repeat(64) };
  emit({
    ...{ type: 'done', model, isChampion: false },
    ...{ test: measured, validation: measured, corrections: null },
  });
  t.is(store.getState().notice?.text, `The network is saved as ${model.version}.`);
});

test('a network that could not be saved stays, and w tries again', t => {
  const { effects, store, sent, watch, emit, expire } = setUp();
  effects.start();
  effects.keep();
  emit({ type: 'save-failed', why: 'models/x cannot be written: no space left on device' });
  t.false(watch().isKept);
  t.like(store.getState().notice, {
    text: 'Not saved: models/x cannot be written: no space left on device. w tries again.',
    isBad: true,
  });
  expire();
  t.not(watch().view, undefined);
  effects.keep();
  t.is(sent.filter(({ type }) => type === 'save').length, 2);
});

const ways = { stop: 'choosing-training', leave: 'drawing', close: 'watching' } as const;

for (const way of ['stop', 'leave', 'close'] as const) {
  test(`${way} ends the training, and what it still prints changes nothing`, async t => {
    const { effects, emit, expire, isStopped, watch, mode } = setUp();
    effects.start();
    await effects[way]();
    t.true(isStopped());
    emit(probe);
    expire();
    t.is(mode(), ways[way]);
    if (way !== 'close') t.is(watch().view, undefined);
    await effects.close();
  });
}

test('a training that fails leads back to the form with the reason', async t => {
  const { effects, fail, watch, mode } = setUp();
  effects.start();
  fail(new AppError('trainer-failed', 'the loss became NaN'));
  await new Promise(setImmediate);
  t.is(mode(), 'choosing-training');
  t.like(watch(), { ...noWatch, failure: 'the loss became NaN' });
});
