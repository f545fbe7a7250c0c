// The settings: their values, and the file that keeps them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import {
  defaultSettings,
  isServiceUrl,
  parseSettings,
  type Settings,
} from '../../src/state/settings.ts';
import {
  durationAfter,
  readLearningMemory,
  writeLearningMemory,
} from '../../src/storage/learning-file.ts';
import { readSettings, writeSettings } from '../../src/storage/settings-file.ts';

const chosen: Settings = {
  apiUrl: 'https://digits.example:8443/api',
  isLive: false,
  theme: 'light',
  isExplaining: true,
  practiceConsent: 'given',
};

test('settings survive a round trip', t => {
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(chosen))), chosen);
  t.deepEqual(parseSettings(JSON.parse(JSON.stringify(defaultSettings))), defaultSettings);
});

test('an invalid field has its default, and the others are kept', t => {
  for (const wrong of [
    { apiUrl: 'ftp://h' },
    { isLive: 'no' },
    { theme: 'pink' },
    { isExplaining: 1 },
    { practiceConsent: true },
  ]) {
    const [name] = Object.keys(wrong) as (keyof Settings)[];
    const expected = { ...chosen, [name!]: defaultSettings[name!] };
    t.deepEqual(parseSettings({ ...chosen, ...wrong }), expected);
  }
});

test('any JSON gives settings', t => {
  const property = fc.property(fc.jsonValue(), value => {
    t.deepEqual(Object.keys(parseSettings(value)), Object.keys(defaultSettings));
  });
  fc.assert(property);
});

test('an address is http or https and printable', t => {
  t.true(isServiceUrl('http://127.0.0.1:8000'));
  for (const text of ['', 'nowhere', 'file:///etc', 'http://a b', `http://${'a'.repeat(400)}`]) {
    t.false(isServiceUrl(text), text);
  }
});

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'digits-settings-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('written settings are read again, and no temporary file remains', async t => {
  const path = join(folderFor(t), 'a', 'digits', 'settings.json');
  const settings = { ...defaultSettings, theme: 'light', isLive: false } as const;
  await writeSettings(path, settings);
  await writeSettings(path, { ...settings, isExplaining: true });
  t.deepEqual(readSettings(path), { ...settings, isExplaining: true });
  t.deepEqual(readdirSync(join(path, '..')), ['settings.json']);
});

for (const [name, content] of [
  ['no JSON', '{"theme":'],
  ['another kind of JSON', '[7]'],
  ['far too long', `{"isLive":false,"x":"${'x'.repeat(70_000)}"}`],
] as const) {
  test(`a file that is ${name} is ignored`, t => {
    const path = join(folderFor(t), 'settings.json');
    writeFileSync(path, content);
    t.deepEqual(readSettings(path), defaultSettings);
  });
}

test('a FIFO in place of the file is ignored without waiting for it', t => {
  const path = join(folderFor(t), 'settings.json');
  t.is(spawnSync('mkfifo', [path]).status, 0);
  t.deepEqual(readSettings(path), defaultSettings);
});

test('what is remembered of learning is read again; anything else in the file is ignored', async t => {
  const path = join(folderFor(t), 'digits', 'learning.json');
  const nothing = { trainingMs: undefined, comparisonMs: undefined, confirmed: [] };
  t.deepEqual(readLearningMemory(path), nothing);
  t.false(durationAfter(nothing).isMeasured);
  const memory = { trainingMs: 41_000, comparisonMs: 97_000, confirmed: ['a1', 'b2'] };
  await writeLearningMemory(path, memory);
  t.deepEqual(readLearningMemory(path), memory);
  t.deepEqual(durationAfter(memory), {
    trainingMs: 41_000,
    comparisonMs: 97_000,
    isMeasured: true,
  });
  const broken = { trainingMs: -1, comparisonMs: '7', confirmed: ['a1', '--out', 7] };
  writeFileSync(path, JSON.stringify(broken));
  t.deepEqual(readLearningMemory(path), { ...nothing, confirmed: ['a1'] });
});

test('without a file the settings are the defaults', t => {
  t.deepEqual(readSettings(join(folderFor(t), 'none.json')), defaultSettings);
});
