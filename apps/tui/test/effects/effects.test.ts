// The effects of commands, with fake services, outboxes and files.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBlank } from '@digits/canvas';
import { isReviewing, type Prediction, rasterOf } from '@digits/client';
import test, { type ExecutionContext } from 'ava';
import { encode } from 'fast-png';
import { AppError } from '../../src/app-error.ts';
import { createCommandExecutor } from '../../src/effects/execute-command.ts';
import { createFileEffects } from '../../src/effects/file-effects.ts';
import { createLabelEffects } from '../../src/effects/label-effects.ts';
import type { LearningEffects } from '../../src/effects/learning/learning-effects.ts';
import { createSettingsEffects } from '../../src/effects/settings-effects.ts';
import { pastedPaths } from '../../src/input/pasted-paths.ts';
import type { OutboxEntry } from '../../src/outbox/entry.ts';
import type { OutboxEvent } from '../../src/outbox/outbox.ts';
import type { PredictOptions } from '../../src/service/client.ts';
import type { Action } from '../../src/state/action.ts';
import { drawingMode } from '../../src/state/mode.ts';
import type { Settings } from '../../src/state/settings.ts';
import { createStore } from '../../src/state/store.ts';
import { shownPath } from '../../src/storage/picture-path.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';

const draw: Action = { type: 'stroke-began', at: [7, 7], timeMs: 0 };
const nowMs = new Date(2026, 10, 24, 7, 11, 13);

interface SetUp {
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

function setUp({
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
    hint: `${shownPath(join(folder, 'none.png'))}: there is no such file or folder.`,
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

/** The first bytes of a JPEG file, which are all that the app checks. */
function photographFor(t: ExecutionContext): string {
  const path = join(folderFor(t), 'a photo.jpg');
  writeFileSync(path, Buffer.from('ffd8ffe0', 'hex'));
  return path;
}

const seenInk = Array.from({ length: 784 }, (_, index) => (index === 400 ? 1 : 0));

test('a photograph is opened as the service sees it', async t => {
  const path = photographFor(t);
  const { files, store, did, notice } = setUp({ actions: [draw], seen: { seen: seenInk } });
  files.begin('open');
  await files.submit('open', path);
  t.deepEqual(did, [{ sent: 4, explain: true }]);
  t.deepEqual(
    [...rasterOf(store.getState())],
    seenInk.map(ink => 255 * ink),
  );
  t.is(notice(), 'Opened a photo.jpg. Press u to return to the former drawing.');
});

test('a photograph without a digit, and one that the service refuses, changes nothing', async t => {
  const path = photographFor(t);
  const refused = new AppError('service-problem', 'The service answered: Too many pixels.');
  const failures: readonly [SetUp, string][] = [
    [{ seen: { reason: 'blank', seen: seenInk } }, 'The service found no drawing in this picture.'],
    [{ service: () => Promise.reject(refused) }, refused.message],
  ];
  for (const [failing, message] of failures) {
    const { files, store } = setUp({ actions: [draw], ...failing });
    const drawn = rasterOf(store.getState());
    files.begin('open');
    await files.submit('open', path);
    t.like(store.getState().mode, { type: 'typing', hint: message });
    t.is(rasterOf(store.getState()), drawn);
  }
});

test('Esc cancels the wait for the service', async t => {
  const path = photographFor(t);
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const { files, store } = setUp({
    service: signal =>
      new Promise((_, reject) => {
        resolve();
        signal.onabort = () => reject(new AppError('service-cancelled', 'cancelled'));
      }),
  });
  files.begin('open');
  const opening = files.submit('open', path);
  await asked;
  store.dispatch({ type: 'text-edited', edit: { type: 'move-to-start' } });
  t.like(store.getState().mode, { hint: 'Opening …' });
  store.dispatch({ type: 'mode-changed', mode: drawingMode });
  const left = store.getState();
  await opening;
  t.is(store.getState(), left);
});

test('without a service PNG pictures of any size are opened, and photographs are not', async t => {
  const folder = folderFor(t);
  const away: Action = {
    type: 'service-changed',
    service: { status: 'away', origin: 'found', url: 'http://h', why: 'none', retryInMs: 7 },
  };
  const { files, store } = setUp({ actions: [draw, away] });
  const data = new Uint8Array(56 * 56).fill(255, 0, 56 * 28);
  const path = join(folder, 'x.png');
  writeFileSync(path, encode({ width: 56, height: 56, data, channels: 1, depth: 8 }));
  await files.openPasted(path, [path]);
  t.is(rasterOf(store.getState()).filter(ink => ink === 255).length, 784 / 2);
  files.begin('open');
  await files.submit('open', photographFor(t));
  t.like(store.getState().mode, {
    hint: 'JPEG and WebP pictures need a service, and none is available.',
  });
});

test('of files that are dropped the first is opened, and the others are counted', async t => {
  const path = photographFor(t);
  const { effects, files, notice, store } = setUp({ seen: { seen: seenInk } });
  store.dispatch({ type: 'mode-changed', mode: { type: 'help', top: 0 } });
  await files.openPasted(`${path} /b.png /c.png`, [path, '/b.png', '/c.png']);
  t.regex(notice() ?? '', /^Opened a photo\.jpg\..* 2 more files were not used\.$/);
  t.deepEqual(store.getState().mode, drawingMode);
  effects.executeCommand({ type: 'open-files', text: '/none/x.png', paths: ['/none/x.png'] });
  t.is(notice(), 'Opening x.png …');
  await new Promise<void>(resolve => store.subscribe(resolve));
  t.is(notice(), '/none/x.png: there is no such file or folder.');
});

test('a path that is pasted without quotes, though it has them, is opened', async t => {
  const folder = folderFor(t);
  const path = join(folder, "Bob's and Ann's.jpg");
  writeFileSync(path, Buffer.from('ffd8ffe0', 'hex'));
  const { files, notice } = setUp({ seen: { seen: seenInk } });
  await files.openPasted(`${path}\n`, pastedPaths(path));
  t.regex(notice() ?? '', /^Opened Bob's and Ann's\.jpg\./);
});

test('a file that is dropped while another one is read is not used', async t => {
  const path = photographFor(t);
  const { files, notice } = setUp({ seen: { seen: seenInk } });
  const opening = files.openPasted(path, [path]);
  await files.openPasted('/b.png', ['/b.png']);
  t.is(notice(), 'Another file is still being opened; this one was not used.');
  await opening;
});

test('a path that is quoted as in a shell is opened, unless a file has that name', async t => {
  const path = photographFor(t);
  const { files, notice } = setUp({ seen: { seen: seenInk } });
  files.begin('open');
  await files.submit('open', path.replace(' ', '\\ '));
  t.regex(notice() ?? '', /^Opened a photo\.jpg\./);
  files.begin('open');
  await files.submit('open', path);
  t.regex(notice() ?? '', /^Opened a photo\.jpg\./);
});

test('Tab completes what stands before the cursor', async t => {
  const path = photographFor(t);
  const { files, store } = setUp();
  files.begin('open');
  const start = path.slice(0, -'photo.jpg'.length);
  store.dispatch({ type: 'text-changed', text: `${start}.bak`, cursor: start.length });
  await files.complete();
  t.like(store.getState().mode, { text: `${path}.bak`, cursor: path.length, hint: '' });
});
