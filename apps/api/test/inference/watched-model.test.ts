import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classify, type LoadedModel, type NnError } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { type WatchedModels, watchModels } from '../../src/inference/watched-model.ts';
import { promoteRealModel } from '../support/real-model.ts';
import { writeTinyModel } from '../support/tiny-model.ts';

/** A folder with the tiny model, watched closely; and whatever is told of it, in order. */
async function watch(t: ExecutionContext, folder?: string) {
  const watched = folder ?? (await writeTinyModel());
  const told: string[] = [];
  let wake = () => {};
  const models: WatchedModels = watchModels({
    folder: watched,
    intervalMs: 10,
    onSwap: ({ version }: LoadedModel) => tell(version),
    onLoadError: ({ code }: NnError) => tell(code),
  });
  await models.reload();
  function tell(news: string): void {
    told.push(news);
    wake();
  }
  t.teardown(async () => {
    models.close();
    await rm(watched, { recursive: true, force: true });
  });
  const untilTold = async (count: number) => {
    // The watch by itself keeps no process alive.
    const awake = setInterval(() => {}, 60_000);
    while (told.length < count) {
      await new Promise<void>(resolve => {
        wake = resolve;
      });
    }
    clearInterval(awake);
  };
  return { folder: watched, models, told, untilTold };
}

test('the champion is there from the start', async t => {
  const { models, told } = await watch(t);
  t.is(models.champion?.version, 'tiny-1');
  t.is(models.loadError, undefined);
  t.deepEqual(told, ['tiny-1']);
});

test('a new champion takes its place by itself, and the old one still works', async t => {
  const { folder, models, untilTold } = await watch(t);
  const old = models.champion!;
  const version = await promoteRealModel(folder);
  await untilTold(2);
  t.is(models.champion?.version, version);
  t.is(classify(old.model, new Float32Array(784)).digit, 7);
});

test('a file that is no champion is refused once, and the old one goes on', async t => {
  const { folder, models, told, untilTold } = await watch(t);
  await writeFile(join(folder, 'champion.json'), '{"version":');
  await untilTold(2);
  await models.reload();
  t.deepEqual(told, ['tiny-1', 'champion-corrupt']);
  t.is(models.champion?.version, 'tiny-1');
  t.is(models.loadError?.code, 'champion-corrupt');
});

test('a model with another digest than it should have is refused', async t => {
  const { folder, models, told } = await watch(t);
  await writeFile(join(folder, 'tiny.safetensors'), 'another model');
  await models.reload();
  t.deepEqual(told, ['tiny-1', 'champion-digest-mismatch']);
  t.is(models.champion?.version, 'tiny-1');
});

test('a folder that is not there yet is waited for', async t => {
  const folder = join(await mkdtemp(join(tmpdir(), 'digits-api-')), 'later');
  const { models, told, untilTold } = await watch(t, folder);
  t.is(models.champion, undefined);
  t.is(models.loadError?.code, 'champion-missing');
  await rename(await writeTinyModel(), folder);
  await untilTold(2);
  t.deepEqual(told, ['champion-missing', 'tiny-1']);
  t.is(models.loadError, undefined);
});

test('the same champion again is no news', async t => {
  const { models, told } = await watch(t);
  const before = models.champion;
  await models.reload();
  t.is(models.champion, before);
  t.deepEqual(told, ['tiny-1']);
});
