// The effects of commands, with fake services, outboxes and files.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBlank } from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { AppError } from '../../src/app-error.ts';
import { createCommandExecutor } from '../../src/effects/execute-command.ts';
import { createFileEffects } from '../../src/effects/file-effects.ts';
import { createLabelEffects } from '../../src/effects/label-effects.ts';
import type { LearningEffects } from '../../src/effects/learning-effects.ts';
import { createSettingsEffects } from '../../src/effects/settings-effects.ts';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import type { Action } from '../../src/state/action.ts';
import { drawingMode } from '../../src/state/mode.ts';
import type { Prediction } from '../../src/state/prediction.ts';
import type { Settings } from '../../src/state/settings.ts';
import { isReviewing, rasterOf } from '../../src/state/state.ts';
import { createStore } from '../../src/state/store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const draw: Action = { type: 'stroke-began', at: [7, 7], timeMs: 0 };
const nowMs = new Date(2026, 10, 24, 7, 11, 13);

interface SetUp {
  readonly actions?: readonly Action[];
  readonly prediction?: Prediction | undefined;
  readonly outboxFailure?: AppError;
  readonly writeFailure?: Error;
}

function setUp({ actions = [], prediction, outboxFailure, writeFailure }: SetUp = {}) {
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
      },
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
  const files = createFileEffects({ store, now });
  const learning: LearningEffects = {
    learn: () => did.push('learn'),
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
    quit: () => did.push('quit'),
    switchMouse: isOn => did.push({ mouse: isOn }),
    newSeed: () => 7,
  });
  const notice = () => store.getState().notice?.text;
  return { store, labels, settings, files, effects, entries, written, did, notice };
}

test('a correction goes to the outbox, is confirmed and counted', async t => {
  const { labels, entries, store, notice } = setUp({ actions: [draw] });
  await labels.correct(4);
  t.like(entries[0], { label: 4, source: 'correction', drawnAt: nowMs.getTime() });
  t.is(notice(), 'Saved as a 4.');
  t.is(store.getState().corrections.saved, 1);
});

test('a blank drawing cannot be corrected', async t => {
  const { labels, entries, notice } = setUp();
  await labels.correct(4);
  t.deepEqual(entries, []);
  t.is(notice(), 'There is no drawing to correct.');
});

test('a correction that is not on disk is not reported as saved', async t => {
  const outboxFailure = new AppError('outbox-not-writable', 'The disk is full.');
  const { labels, store, notice } = setUp({ actions: [draw], outboxFailure });
  await labels.correct(4);
  t.is(notice(), 'Not saved: The disk is full.');
  t.is(store.getState().corrections.saved, 0);
});

const practice: Action = { type: 'practice-began', seed: 7 };

test('practice requests a prediction, counts it and saves the drawing with consent', async t => {
  const { labels, entries, store } = setUp({
    actions: [{ type: 'settings-changed', settings: { practiceConsent: 'given' } }, practice, draw],
    prediction: sevenPrediction,
  });
  const target = store.getState().practice?.target;
  await labels.checkPractice();
  t.deepEqual(store.getState().practice?.rounds, [{ game: 'recognise', target: target!, read: 7 }]);
  t.like(entries[0], { label: target!, source: 'practice' });
});

test('without consent no drawing of practice is saved', async t => {
  const { labels, entries, store } = setUp({
    actions: [practice, draw],
    prediction: sevenPrediction,
  });
  await labels.checkPractice();
  t.is(store.getState().practice?.rounds.length, 1);
  t.deepEqual(entries, []);
});

test('a prediction that was rejected is no answer in practice', async t => {
  const { labels, store } = setUp({
    actions: [practice, draw],
    prediction: { ...sevenPrediction, reason: 'uncertain' },
  });
  await labels.checkPractice();
  t.is(store.getState().practice?.rounds[0]?.read, null);
});

test('a drawing that is to be misread is not saved, though there is consent', async t => {
  const { labels, entries, store } = setUp({
    actions: [
      { type: 'settings-changed', settings: { practiceConsent: 'given' } },
      ...[practice, draw, { type: 'practice-game-switched' } as const, draw],
    ],
    prediction: sevenPrediction,
  });
  await labels.checkPractice();
  t.is(store.getState().practice?.rounds.length, 1);
  t.deepEqual(entries, []);
});

test('Enter after a missed drawing clears it for another attempt', async t => {
  const { labels, store } = setUp({ actions: [practice, draw], prediction: sevenPrediction });
  const target = store.getState().practice?.target;
  await labels.checkPractice();
  t.true(isReviewing(store.getState()));
  await labels.checkPractice();
  t.true(isBlank(rasterOf(store.getState())));
  t.like(store.getState().practice, { target, reviewed: undefined });
});

test('a prediction that is known is not requested again', async t => {
  const { labels, store, did } = setUp({ actions: [practice, draw] });
  const raster = rasterOf(store.getState());
  store.dispatch({ type: 'prediction-requested', raster });
  store.dispatch({
    type: 'prediction-received',
    raster,
    prediction: sevenPrediction,
    isExplained: false,
  });
  await labels.checkPractice();
  t.deepEqual(did, []);
  t.is(store.getState().practice?.rounds.length, 1);
});

test('without a prediction the drawing stays for another attempt', async t => {
  const { labels, store } = setUp({ actions: [practice, draw] });
  const before = rasterOf(store.getState());
  await labels.checkPractice();
  t.like(store.getState().practice, { rounds: [], isAwaitingPrediction: false });
  t.is(rasterOf(store.getState()), before);
});

test('consent is asked for once, and saved', async t => {
  const { effects, store, written } = setUp();
  effects.executeCommand({ type: 'toggle-practice' });
  t.like(store.getState().mode, { type: 'asking-consent' });
  effects.executeCommand({ type: 'set-practice-consent', isGiven: false });
  t.truthy(store.getState().practice);
  await Promise.resolve();
  t.like(written[0], { practiceConsent: 'refused' });
  store.dispatch({ type: 'practice-ended' });
  effects.executeCommand({ type: 'toggle-practice' });
  t.like(store.getState().mode, { type: 'drawing' });
  t.truthy(store.getState().practice);
});

test('settings change at once and are written in their order', async t => {
  const { settings, store, written } = setUp();
  settings.select('live', 1);
  settings.select('theme', -1);
  t.like(store.getState().settings, { isLive: false, theme: 'dark' });
  await new Promise(setImmediate);
  t.deepEqual(
    written.map(({ theme }) => theme),
    ['auto', 'dark'],
  );
});

test('settings that cannot be saved apply to the session, with a warning', async t => {
  const { settings, store, notice } = setUp({ writeFailure: new Error('EROFS') });
  settings.select('live', 1);
  await new Promise(setImmediate);
  t.false(store.getState().settings.isLive);
  t.is(notice(), 'The settings apply to this session but could not be saved: EROFS');
});

test('another address is checked, saved and connected to', t => {
  const { settings, store, did } = setUp();
  settings.select('address', 1);
  t.like(store.getState().mode, { type: 'typing', purpose: 'address' });
  settings.submitAddress('nowhere');
  t.like(store.getState().mode, { hint: 'The address must begin with http:// or https://.' });
  settings.submitAddress('http://h:1');
  t.like(store.getState().mode, { type: 'drawing' });
  t.is(store.getState().settings.apiUrl, 'http://h:1');
  settings.submitAddress('');
  t.deepEqual(did, [{ apiUrl: 'http://h:1' }, { apiUrl: undefined }]);
});

test('the mouse is switched, with a notice', t => {
  const { effects, store, did } = setUp();
  effects.executeCommand({ type: 'toggle-mouse' });
  t.false(store.getState().isMouseOn);
  effects.executeCommand({ type: 'toggle-mouse' });
  t.deepEqual(did, [{ mouse: false }, { mouse: true }]);
});

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'digits-effects-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a drawing is saved under a typed name and opened again, which can be undone', async t => {
  const folder = folderFor(t);
  const { files, store, notice } = setUp({ actions: [draw] });
  const drawn = rasterOf(store.getState());
  files.begin('save');
  t.like(store.getState().mode, { text: 'digit-2026-11-24-071113.png' });
  await files.submit('save', join(folder, 'x'));
  t.is(notice(), `Saved ${join(folder, 'x.png')}`);
  store.dispatch({ type: 'cleared' });
  files.begin('open');
  store.dispatch({ type: 'text-changed', text: join(folder, 'x') });
  await files.complete();
  t.like(store.getState().mode, { text: join(folder, 'x.png') });
  await files.submit('open', join(folder, 'x.png'));
  t.deepEqual([...rasterOf(store.getState())], [...drawn]);
  t.like(store.getState().mode, { type: 'drawing' });
});

test('an error of a file becomes the hint, and the text field stays', async t => {
  const folder = folderFor(t);
  const { files, store } = setUp();
  files.begin('open');
  await files.submit('open', '');
  t.like(store.getState().mode, { hint: 'Type a name.' });
  await files.submit('open', join(folder, 'none.png'));
  t.like(store.getState().mode, {
    type: 'typing',
    hint: `${join(folder, 'none.png')}: there is no such file or folder.`,
  });
});

test('a picture that is read after its text field was left changes nothing', async t => {
  const folder = folderFor(t);
  const { files, store } = setUp({ actions: [draw] });
  files.begin('save');
  await files.submit('save', join(folder, 'x'));
  store.dispatch({ type: 'cleared' });
  files.begin('open');
  const opened = files.submit('open', join(folder, 'x.png'));
  store.dispatch({ type: 'mode-changed', mode: drawingMode });
  const left = store.getState();
  await opened;
  t.is(store.getState(), left);
});
