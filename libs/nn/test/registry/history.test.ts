// The history of the models folder, and the lock that its changes hold.

import { readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { type ChampionFile, writeChampionFile } from '../../src/registry/champion.ts';
import { earlierChampions, readHistory, writeHistory } from '../../src/registry/history.ts';
import { withModelsLock, writeAtomically } from '../../src/registry/locked-files.ts';
import { changeOf, emptyFolder } from './models.ts';

function version(name: string): ChampionFile {
  return { version: name, path: `${name}/model.safetensors`, sha256: name.repeat(64) };
}

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(version) as [
  ChampionFile,
  ChampionFile,
  ChampionFile,
  ChampionFile,
];

test('a written history is read back', async t => {
  const folder = await emptyFolder(t);
  const figures = { 'test images': { champion: null, challenger: 99.5, unit: '%' } };
  const entries = [{ ...changeOf(null, a), why: 'the “first”\none', figures }, changeOf(a, b)];
  await writeHistory(folder, entries);
  await writeChampionFile(folder, b);
  t.deepEqual(await readHistory(folder), entries);
});

test('a folder without a history has an empty one', async t => {
  t.deepEqual(await readHistory(await emptyFolder(t)), []);
});

test('a change that was recorded but not completed is left out', async t => {
  const folder = await emptyFolder(t);
  await writeHistory(folder, [changeOf(null, a), changeOf(a, b)]);
  await writeChampionFile(folder, a);
  t.deepEqual(await readHistory(folder), [changeOf(null, a)]);
});

test('an interrupted change is also left out when others follow', async t => {
  const folder = await emptyFolder(t);
  await writeHistory(folder, [changeOf(null, a), changeOf(a, b), changeOf(a, c)]);
  await writeChampionFile(folder, c);
  t.deepEqual(await readHistory(folder), [changeOf(null, a), changeOf(a, c)]);
});

test('a champion that was set by hand does not shorten the history', async t => {
  const folder = await emptyFolder(t);
  const entries = [changeOf(null, a), changeOf(a, b)];
  await writeHistory(folder, entries);
  await writeChampionFile(folder, d);
  t.deepEqual(await readHistory(folder), entries);
});

for (const [title, line] of [
  ['is not JSON', '{"at": "2026'],
  ['is no change', '{"at": "2026-03-01", "action": "promote"}'],
  [
    'is nested 100,000 levels deep',
    JSON.stringify(changeOf(null, a)).replace(/\}$/, `,"x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
  ],
  ['has a path out of the folder', JSON.stringify(changeOf(null, { ...a, path: '../a' }))],
] as const) {
  test(`a line that ${title} is history-corrupt, with its number`, async t => {
    const folder = await emptyFolder(t);
    await writeFile(join(folder, 'history.jsonl'), `${JSON.stringify(changeOf(null, a))}\n${line}`);
    const error = await t.throwsAsync(readHistory(folder), { code: 'history-corrupt' });
    t.regex(error!.message, /history\.jsonl:2 /);
  });
}

test('a history that cannot be read is history-corrupt', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  await t.throwsAsync(readHistory(join(folder, 'file')), { code: 'history-corrupt' });
});

const cases = [
  [
    'from the third to the second, then the first',
    [changeOf(null, a), changeOf(a, b), changeOf(b, c)],
    c,
    [b, a],
  ],
  [
    'after a rollback further back',
    [changeOf(null, a), changeOf(a, b), changeOf(b, c), changeOf(c, b, 'rollback')],
    b,
    [a],
  ],
  ['to a champion that was there before the history', [changeOf(a, b)], b, [a]],
  [
    'past a champion that was promoted again',
    [changeOf(null, a), changeOf(a, b), changeOf(b, a)],
    a,
    [b, a],
  ],
  [
    'past a champion that was promoted after a rollback',
    [changeOf(null, a), changeOf(a, b), changeOf(b, a, 'rollback'), changeOf(a, c)],
    c,
    [a],
  ],
  ['from a champion that was set by hand', [changeOf(null, a), changeOf(a, b)], d, [b, a]],
  ['from a missing champion', [changeOf(null, a), changeOf(a, b)], null, [b, a]],
  ['nowhere from the first', [changeOf(null, a)], a, []],
] as const;

for (const [title, entries, champion, expected] of cases) {
  test(`rollbacks lead ${title}`, t => {
    t.deepEqual(earlierChampions(entries, champion), [...expected]);
  });
}

// A search of the whole line for each entry takes minutes.
test('a rollback to a version that was never the champion is below all champions, 30,000 times', t => {
  const count = 30_000;
  const versions = Array.from({ length: count }, (_, i) => ({ ...a, version: `a-${i}` }));
  const entries = versions.map((one, i) => changeOf(versions[i - 1] ?? b, one, 'rollback'));
  t.deepEqual(earlierChampions(entries, versions.at(-1)!), []);
  t.deepEqual(earlierChampions([...entries, changeOf(versions.at(-1)!, c)], c), [versions.at(-1)!]);
});

test('a file that cannot be written is write-failed', async t => {
  const folder = await emptyFolder(t);
  await t.throwsAsync(writeAtomically(join(folder, 'none', 'file'), ''), { code: 'write-failed' });
});

test('the work holds the lock of the models folder', async t => {
  const folder = await emptyFolder(t);
  await withModelsLock(folder, async () => t.deepEqual(await readdir(folder), ['.champion.lock']));
  t.deepEqual(await readdir(folder), []);
});

test('a models folder that is a file is write-failed', async t => {
  const folder = await emptyFolder(t);
  await writeFile(join(folder, 'file'), '');
  const working = withModelsLock(join(folder, 'file'), async () => {});
  await t.throwsAsync(working, { code: 'write-failed' });
});

test('a lock that another process does not release is models-locked', async t => {
  const folder = await emptyFolder(t);
  await symlink('elsewhere:1:abc', join(folder, '.champion.lock'));
  const limits = { maxAttempts: 3, pauseMs: 1 };
  const working = withModelsLock(folder, async () => t.fail(), limits);
  await t.throwsAsync(working, { code: 'models-locked', message: /elsewhere:1:abc/ });
  t.deepEqual(await readdir(folder), ['.champion.lock']);
});

test('work that fails keeps its own error', async t => {
  const failing = withModelsLock(await emptyFolder(t), async () => {
    throw new RangeError('no');
  });
  await t.throwsAsync(failing, { instanceOf: RangeError });
});
