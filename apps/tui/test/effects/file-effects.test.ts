// Drawings and pictures that are saved, opened, pasted and dropped.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rasterOf } from '@digits/client';
import test, { type ExecutionContext } from 'ava';
import { encode } from 'fast-png';
import { AppError } from '../../src/app-error.ts';
import { pastedPaths } from '../../src/input/pasted-paths.ts';
import type { Action } from '../../src/state/action.ts';
import { drawingMode } from '../../src/state/mode.ts';
import { shownPath } from '../../src/storage/picture-path.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { draw, type SetUp, setUp } from './effects-set-up.ts';

test('a drawing is saved under a typed name and opened again, which can be undone', async t => {
  const folder = temporaryFolder(t);
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
  const folder = temporaryFolder(t);
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
  const folder = temporaryFolder(t);
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
  const path = join(temporaryFolder(t), 'a photo.jpg');
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
  const folder = temporaryFolder(t);
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
  const folder = temporaryFolder(t);
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
