// Corrections, practice, settings and the mouse as effects, with fake services and outboxes.

import { isBlank } from '@digits/canvas';
import { isReviewing, rasterOf } from '@digits/client';
import test from 'ava';
import { AppError } from '../../src/app-error.ts';
import type { Action } from '../../src/state/action.ts';
import { sevenPrediction } from '../fake-service.ts';
import { draw, nowMs, setUp } from './effects-set-up.ts';

test('a correction goes to the outbox, is confirmed and counted', async t => {
  const { labels, entries, store, notice } = setUp({ actions: [draw] });
  await labels.correct(4);
  t.like(entries[0], { label: 4, source: 'correction', drawnAt: nowMs.getTime() });
  t.is(notice(), 'Saved as a 4. f u undoes it.');
  t.is(store.getState().corrections.saved, 1);
});

test('the last correction is taken back before it is sent, then the one before', async t => {
  const { labels, did, store, notice } = setUp({ actions: [draw] });
  await labels.correct(4);
  await labels.correct(8);
  t.is(notice(), 'Saved as an 8. f u undoes it.');
  const { correctedRaster } = store.getState();
  for (const name of ['2.json', '1.json']) {
    await labels.undo();
    t.deepEqual(did.splice(0), [{ remove: name }]);
    t.is(notice(), 'The last correction is undone.');
  }
  t.is(store.getState().corrections.saved, 0);
  t.not(correctedRaster, undefined);
  t.is(store.getState().correctedRaster, undefined);
  await labels.undo();
  t.regex(notice() ?? '', /^There is no correction of this session/);
});

test('a correction that was sent is deleted from the service', async t => {
  const { labels, did } = setUp({ actions: [draw], sent: new Map([['1.json', 'a1']]) });
  await labels.correct(4);
  await labels.undo();
  t.deepEqual(did, [{ remove: '1.json' }, { delete: 'a1' }]);
});

test('what an earlier correction has stored as well is not deleted', async t => {
  const sent = new Map([
    ['1.json', 'a1'],
    ['2.json', 'a1'],
  ]);
  const { labels, did } = setUp({ actions: [draw], sent });
  await labels.correct(4);
  await labels.correct(4);
  await labels.undo();
  t.deepEqual(did, [{ remove: '2.json' }]);
  await labels.undo();
  t.deepEqual(did.slice(1), [{ remove: '1.json' }, { delete: 'a1' }]);
});

test('a correction that cannot be taken back stays', async t => {
  const deletionFailure = new AppError('service-unreachable', 'It is gone.');
  const sent = new Map([['1.json', 'a1']]);
  const { labels, store, notice } = setUp({ actions: [draw], sent, deletionFailure });
  await labels.correct(4);
  await labels.undo();
  t.is(notice(), 'Not undone: It is gone.');
  t.is(store.getState().corrections.saved, 1);
});

test('a correction that is deleted from the list is not taken back again', async t => {
  const { labels, store, notice } = setUp({ actions: [draw] });
  await labels.correct(4);
  labels.forget('1.json');
  t.is(store.getState().corrections.saved, 0);
  await labels.undo();
  t.regex(notice() ?? '', /^There is no correction of this session/);
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
  const { settings, store, notice } = setUp({
    writeFailure: Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }),
  });
  settings.select('live', 1);
  await new Promise(setImmediate);
  t.false(store.getState().settings.isLive);
  t.is(notice(), 'The settings apply to this session but could not be saved: the disk is full.');
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

test('the field of the address hides a password, which is kept when nothing is changed', t => {
  const { settings, store, did } = setUp();
  settings.submitAddress('http://me:secret@h:1');
  settings.select('address', 1);
  t.like(store.getState().mode, { text: 'http://h:1' });
  settings.submitAddress('http://h:1');
  t.like(store.getState().mode, { type: 'settings' });
  t.deepEqual(did, [{ apiUrl: 'http://me:secret@h:1' }]);
});

test('the mouse is switched, with a notice', t => {
  const { effects, store, did } = setUp();
  effects.executeCommand({ type: 'toggle-mouse' });
  t.false(store.getState().isMouseOn);
  effects.executeCommand({ type: 'toggle-mouse' });
  t.deepEqual(did, [{ mouse: false }, { mouse: true }]);
});
