// Changes of the champion by several processes at once, and by processes that are killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { type ChampionFile, loadChampion } from '../../src/registry/champion.ts';
import { changeChampion } from '../../src/registry/change-champion.ts';
import { type HistoryEntry, readHistory } from '../../src/registry/history.ts';
import { changeOf, emptyFolder, saveTiny } from './models.ts';

/** @returns whether it was killed */
async function changeUntilKilled(
  folder: string,
  change: HistoryEntry,
  operation: number,
): Promise<boolean> {
  const script = fileURLToPath(new URL('./change-until-killed.ts', import.meta.url));
  const args = [script, folder, JSON.stringify(change), String(operation)];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit');
  return signal === 'SIGKILL';
}

test('after a kill at any step the champion is the old or the new one, and the history agrees', async t => {
  t.timeout(300_000); // some twenty processes, one after the other
  const folder = await emptyFolder(t);
  let [champion, other] = [await saveTiny(folder, 1), await saveTiny(folder, 2)];
  await changeChampion(folder, changeOf(null, champion));
  let history = await readHistory(folder);
  const outcomes = new Set<string>();
  for (let isKilled = true, operation = 1; isKilled; operation++) {
    const change = changeOf(champion, other);
    isKilled = await changeUntilKilled(folder, change, operation);
    const { version } = await loadChampion(folder);
    if (version === other.version) {
      history = [...history, change];
      [champion, other] = [other, champion];
      outcomes.add('new');
    } else {
      t.is(version, champion.version);
      t.true(isKilled);
      outcomes.add('old');
    }
    t.deepEqual(await readHistory(folder), history, `step ${operation}`);
  }
  t.is(outcomes.size, 2);
  const left = (await readdir(folder)).filter(name => !name.startsWith('tiny-'));
  t.deepEqual(left.sort(), ['champion.json', 'history.jsonl'], 'the last change swept up');
});

test('simultaneous changes by two processes leave a champion and a history that agree', async t => {
  const folder = await emptyFolder(t);
  const versions = await Promise.all([1, 2, 3].map(seed => saveTiny(folder, seed)));
  const [a, b, c] = versions as [ChampionFile, ChampionFile, ChampionFile];
  await changeChampion(folder, changeOf(null, a));
  await Promise.all([b, c].map(to => changeUntilKilled(folder, changeOf(a, to), 0)));
  const history = await readHistory(folder);
  t.is(history.length, 2);
  t.is((await loadChampion(folder)).version, history[1]!.to.version);
});
