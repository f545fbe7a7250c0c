import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { defaultSettings } from '../../src/state/settings.ts';
import { readSettings, settingsPath, writeSettings } from '../../src/storage/settings-file.ts';

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'digits-settings-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('the file is in XDG_CONFIG_HOME', t => {
  t.is(settingsPath({ XDG_CONFIG_HOME: '/c' }), '/c/digits/settings.json');
  t.is(settingsPath({ HOME: '/h' }), '/h/.config/digits/settings.json');
  t.is(settingsPath({ HOME: '/h', XDG_CONFIG_HOME: 'c' }), '/h/.config/digits/settings.json');
});

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

test('without a file the settings are the defaults', t => {
  t.deepEqual(readSettings(join(folderFor(t), 'none.json')), defaultSettings);
});
