import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedModel, NnError } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { watchShadow } from '../../src/shadow/watched-shadow.ts';
import { loadTinyChampion } from '../support/app.ts';
import { writeTinyModel, writeTinyVersion } from '../support/tiny-model.ts';

/** A watched shadow beside the tiny champion, and its events in order. */
async function watch(t: ExecutionContext, name: string) {
  const folder = await writeTinyModel();
  const models: { champion: LoadedModel | undefined } = { champion: await loadTinyChampion() };
  const events: string[] = [];
  let wake = () => {};
  const shadow = watchShadow({
    folder,
    name,
    models,
    intervalMs: 10,
    onSwap: ({ version }: LoadedModel) => record(version),
    onLoadError: ({ code }: NnError) => record(code),
  });
  function record(event: string): void {
    events.push(event);
    wake();
  }
  t.teardown(async () => {
    shadow.close();
    await rm(folder, { recursive: true, force: true });
  });
  const untilEvents = async (isDone: () => boolean) => {
    // The watcher does not keep the process alive.
    const awake = setInterval(() => {}, 60_000);
    while (!isDone()) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    clearInterval(awake);
  };
  return { folder, models, shadow, events, untilEvents };
}

test('a version is found by its name', async t => {
  const { folder, shadow } = await watch(t, 'tiny-3');
  const { sha256 } = await writeTinyVersion(folder, 'tiny-3', 3);
  t.is(shadow.shadow, undefined);
  await shadow.reload();
  t.like(shadow.shadow, { version: 'tiny-3', sha256 });
});

test('a version is found by the path of its file, which may be deeper', async t => {
  const { folder, shadow } = await watch(t, 'trials/tiny-3/model.safetensors');
  await mkdir(join(folder, 'trials'));
  await writeTinyVersion(join(folder, 'trials'), 'tiny-3', 3);
  await shadow.reload();
  t.is(shadow.shadow?.version, 'tiny-3');
});

test('a shadow that is created later is loaded then, and reloaded when it changes', async t => {
  const { folder, shadow, untilEvents } = await watch(t, 'tiny-3');
  await shadow.reload();
  t.deepEqual([shadow.shadow, shadow.loadError?.code], [undefined, 'model-missing']);
  const first = await writeTinyVersion(folder, 'tiny-3', 3);
  await untilEvents(() => shadow.shadow?.sha256 === first.sha256);
  const second = await writeTinyVersion(folder, 'tiny-3', 4);
  await untilEvents(() => shadow.shadow?.sha256 === second.sha256);
  t.is(shadow.loadError, undefined);
});

test('a corrupt file is reported once, and the previous shadow stays', async t => {
  const { folder, shadow, events, untilEvents } = await watch(t, 'tiny-3');
  const { sha256 } = await writeTinyVersion(folder, 'tiny-3', 3);
  await shadow.reload();
  await writeFile(join(folder, 'bad'), 'no model');
  await rename(join(folder, 'bad'), join(folder, 'tiny-3', 'model.safetensors'));
  await untilEvents(() => events.includes('model-header-too-large'));
  await shadow.reload();
  t.is(events.filter(code => code === 'model-header-too-large').length, 1);
  t.is(shadow.shadow?.sha256, sha256);
});

test('a file whose digest is not that in its name is rejected', async t => {
  const { folder, shadow } = await watch(t, 'tiny-0123abcd');
  await writeTinyVersion(folder, 'tiny-0123abcd', 3);
  await shadow.reload();
  t.deepEqual([shadow.shadow, shadow.loadError?.code], [undefined, 'champion-digest-mismatch']);
});

test('the champion is not its own shadow, and becomes one when it is replaced', async t => {
  const { folder, models, shadow } = await watch(t, 'tiny-3');
  await writeTinyVersion(folder, 'tiny-3', 3);
  await shadow.reload();
  const { champion } = models;
  models.champion = shadow.shadow;
  t.is(shadow.shadow, undefined);
  models.champion = champion;
  t.is(shadow.shadow?.version, 'tiny-3');
});
