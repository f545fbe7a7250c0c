import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classify, type LoadedModel, type NnError } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { type WatchedModels, watchModel, watchModels } from '../../src/inference/watched-model.ts';
import {
  promote,
  promoteRealModel,
  writeTinyModel,
  writeTinyVersion,
} from '../support/tiny-model.ts';

/** A watched folder with the tiny model, and the events in order. */
async function watch(t: ExecutionContext, folder?: string, own?: string) {
  const watched = folder ?? (await writeTinyModel());
  const events: string[] = [];
  let wake = () => {};
  const models: WatchedModels = watchModels({
    folder: own === undefined ? watched : { own, shipped: watched },
    intervalMs: 10,
    onSwap: ({ version }: LoadedModel) => record(version),
    onLoadError: ({ code }: NnError) => record(code),
  });
  await models.reload();
  function record(event: string): void {
    events.push(event);
    wake();
  }
  t.teardown(async () => {
    models.close();
    await rm(watched, { recursive: true, force: true });
  });
  const untilEvents = async (count: number) => {
    // The watcher does not keep the process alive.
    const awake = setInterval(() => {}, 60_000);
    while (events.length < count) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    clearInterval(awake);
  };
  return { folder: watched, models, events, untilEvents };
}

test('the champion is loaded by the first reload', async t => {
  const { models, events } = await watch(t);
  t.is(models.champion?.version, 'tiny-1');
  t.is(models.loadError, undefined);
  t.deepEqual(events, ['tiny-1']);
});

test('a new champion is loaded when the file changes, and the old one still works', async t => {
  const { folder, models, untilEvents } = await watch(t);
  const old = models.champion!;
  const version = await promoteRealModel(folder);
  await untilEvents(2);
  t.is(models.champion?.version, version);
  t.is(classify(old.model, new Float32Array(784)).digit, 7);
});

test('a corrupt file is reported once, and the old champion stays', async t => {
  const { folder, models, events, untilEvents } = await watch(t);
  await writeFile(join(folder, 'champion.json'), '{"version":');
  await untilEvents(2);
  await models.reload();
  t.deepEqual(events, ['tiny-1', 'champion-corrupt']);
  t.is(models.champion?.version, 'tiny-1');
  t.is(models.loadError?.code, 'champion-corrupt');
});

test('a model with a wrong digest is rejected', async t => {
  const { folder, models, events } = await watch(t);
  await writeFile(join(folder, 'tiny.safetensors'), 'another model');
  await models.reload();
  t.deepEqual(events, ['tiny-1', 'champion-digest-mismatch']);
  t.is(models.champion?.version, 'tiny-1');
});

test('a folder that is created later is loaded then', async t => {
  const folder = join(await mkdtemp(join(tmpdir(), 'digits-api-')), 'later');
  const { models, events, untilEvents } = await watch(t, folder);
  t.is(models.champion, undefined);
  t.is(models.loadError?.code, 'champion-missing');
  await rename(await writeTinyModel(), folder);
  await untilEvents(2);
  t.deepEqual(events, ['champion-missing', 'tiny-1']);
  t.is(models.loadError, undefined);
});

test('a champion of one’s own is served while there is one, and otherwise the shipped one', async t => {
  const parent = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(parent, { recursive: true }));
  const own = join(parent, 'models');
  const { folder: shipped, models, events, untilEvents } = await watch(t, undefined, own);
  t.is(models.champion?.version, 'tiny-1');
  await mkdir(own);
  await promote(own, await writeTinyVersion(own, 'own-2', 2));
  await untilEvents(2);
  await promote(shipped, await writeTinyVersion(shipped, 'tiny-3', 3));
  await models.reload();
  t.is(models.champion?.version, 'own-2');
  await rm(join(own, 'champion.json'));
  await untilEvents(3);
  await promote(shipped, await writeTinyVersion(shipped, 'tiny-4', 4));
  await untilEvents(4);
  t.deepEqual(events, ['tiny-1', 'own-2', 'tiny-3', 'tiny-4']);
});

test('reloading the same champion is no event', async t => {
  const { models, events } = await watch(t);
  const before = models.champion;
  await models.reload();
  t.is(models.champion, before);
  t.deepEqual(events, ['tiny-1']);
});

test('while a load hangs, it is reported, and no other begins', async t => {
  let loads = 0;
  const begun = Promise.withResolvers<void>();
  const reported = Promise.withResolvers<NnError>();
  const { reload, close } = watchModel({
    files: ['/nowhere'],
    intervalMs: 1,
    maxLoadMs: 1,
    load: () => {
      loads++;
      begun.resolve();
      return new Promise(() => {});
    },
    onSwap: () => t.fail(),
    onLoadError: reported.resolve,
  });
  t.teardown(close);
  // Neither the watcher nor its report keeps the process alive.
  const awake = setInterval(() => {}, 60_000);
  t.teardown(() => clearInterval(awake));
  for (let request = 0; request < 7; request++) void reload();
  await begun.promise;
  t.is((await reported.promise).code, 'model-missing');
  t.is(loads, 1);
});
