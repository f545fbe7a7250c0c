import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedModel, NnError } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { watchShadow } from '../../../src/inference/shadow/watched-shadow.ts';
import { loadTinyChampion } from '../../support/app.ts';
import { writeTinyModel, writeTinyVersion } from '../../support/tiny-model.ts';

/** A shadow of the tiny champion, watched closely; and whatever is told of it, in order. */
async function watch(t: ExecutionContext, name: string) {
  const folder = await writeTinyModel();
  const models: { champion: LoadedModel | undefined } = { champion: await loadTinyChampion() };
  const told: string[] = [];
  let wake = () => {};
  const shadow = watchShadow({
    folder,
    name,
    models,
    intervalMs: 10,
    onSwap: ({ version }: LoadedModel) => tell(version),
    onLoadError: ({ code }: NnError) => tell(code),
  });
  function tell(news: string): void {
    told.push(news);
    wake();
  }
  t.teardown(async () => {
    shadow.close();
    await rm(folder, { recursive: true, force: true });
  });
  const untilTold = async (isTold: () => boolean) => {
    // The watch by itself keeps no process alive.
    const awake = setInterval(() => {}, 60_000);
    while (!isTold()) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    clearInterval(awake);
  };
  return { folder, models, shadow, told, untilTold };
}

test('a version is found by its name', async t => {
  const { folder, shadow } = await watch(t, 'tiny-3');
  const { sha256 } = await writeTinyVersion(folder, 'tiny-3', 3);
  t.is(shadow.shadow, undefined);
  await shadow.reload();
  t.like(shadow.shadow, { version: 'tiny-3', sha256 });
});

test('and by the path to its file, which may be deeper', async t => {
  const { folder, shadow } = await watch(t, 'trials/tiny-3/model.safetensors');
  await mkdir(join(folder, 'trials'));
  await writeTinyVersion(join(folder, 'trials'), 'tiny-3', 3);
  await shadow.reload();
  t.is(shadow.shadow?.version, 'tiny-3');
});

test('one that is not there yet is waited for, and a changed one is loaded anew', async t => {
  const { folder, shadow, untilTold } = await watch(t, 'tiny-3');
  await shadow.reload();
  t.deepEqual([shadow.shadow, shadow.loadError?.code], [undefined, 'model-missing']);
  const first = await writeTinyVersion(folder, 'tiny-3', 3);
  await untilTold(() => shadow.shadow?.sha256 === first.sha256);
  const second = await writeTinyVersion(folder, 'tiny-3', 4);
  await untilTold(() => shadow.shadow?.sha256 === second.sha256);
  t.is(shadow.loadError, undefined);
});

test('a bad file is refused once, and the shadow before it goes on', async t => {
  const { folder, shadow, told, untilTold } = await watch(t, 'tiny-3');
  const { sha256 } = await writeTinyVersion(folder, 'tiny-3', 3);
  await shadow.reload();
  await writeFile(join(folder, 'bad'), 'no model');
  await rename(join(folder, 'bad'), join(folder, 'tiny-3', 'model.safetensors'));
  await untilTold(() => told.includes('model-header-too-large'));
  await shadow.reload();
  t.is(told.filter(code => code === 'model-header-too-large').length, 1);
  t.is(shadow.shadow?.sha256, sha256);
});

test('a file that is not what its name says is refused', async t => {
  const { folder, shadow } = await watch(t, 'tiny-0123abcd');
  await writeTinyVersion(folder, 'tiny-0123abcd', 3);
  await shadow.reload();
  t.deepEqual([shadow.shadow, shadow.loadError?.code], [undefined, 'champion-digest-mismatch']);
});

test('the champion is no shadow, and one that is no longer champion is a shadow again', async t => {
  const { folder, models, shadow } = await watch(t, 'tiny-3');
  await writeTinyVersion(folder, 'tiny-3', 3);
  await shadow.reload();
  const { champion } = models;
  models.champion = shadow.shadow;
  t.is(shadow.shadow, undefined);
  models.champion = champion;
  t.is(shadow.shadow?.version, 'tiny-3');
});
