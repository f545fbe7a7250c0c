// A shadow beside the champion of a service in a process of its own, asked over a socket.

import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry, Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import type { Disagreement } from '../../../src/schemas/disagreement.ts';
import type { ServedModel } from '../../../src/schemas/model.ts';
import { picture } from '../../support/feedback.ts';
import { listeningUrl, spawnService } from '../../support/service.ts';
import { promote, writeTinyModel, writeTinyVersion } from '../../support/tiny-model.ts';

/** A models folder and a data folder, and how to start services with them. */
async function setUp(t: ExecutionContext) {
  t.timeout(120_000);
  const modelsDir = await writeTinyModel();
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(modelsDir, { recursive: true }));
  t.teardown(() => rm(dataDir, { recursive: true }));
  const env = { MODELS_DIR: modelsDir, DATA_DIR: dataDir, PORT: '0', SHADOW_MODEL: 'tiny-3' };
  const start = async () => {
    const { child, log } = spawnService(t, { ...env, MAX_EVENT_LOOP_DELAY_MS: '0' });
    return { child, log, url: await listeningUrl(child) };
  };
  return { modelsDir, dataDir, start };
}

async function ask(url: string, index: number) {
  const headers = { 'content-type': 'image/png' };
  const body = picture(index);
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body });
  return { status: response.status, ...((await response.json()) as Prediction) };
}

async function get<Answer>(url: string): Promise<Answer> {
  return (await fetch(url)).json() as Promise<Answer>;
}

interface List<Item> {
  readonly items: Item[];
  readonly total: number;
}

async function untilKept(url: string, count: number): Promise<Disagreement[]> {
  for (;;) {
    const { items } = await get<List<Disagreement>>(`${url}/disagreements`);
    if (items.length >= count) return items;
  }
}

test('a shadow is asked unseen, promoted, and then no shadow any more', async t => {
  const { modelsDir, start } = await setUp(t);
  const version = await writeTinyVersion(modelsDir, 'tiny-3', 3);
  const { log, url } = await start();
  await log.waitFor(({ msg }) => msg === 'shadow loaded');
  t.like(await get<ServedModel>(`${url}/model`), {
    version: 'tiny-1',
    shadow: { version: 'tiny-3' },
  });
  t.like(await ask(url, 0), { status: 200, digit: 7, model: { version: 'tiny-1' } });
  const [{ id }] = (await untilKept(url, 1)) as [Disagreement];

  await promote(modelsDir, version);
  await log.waitFor(({ msg, model }) => msg === 'model served' && isNamed(model, 'tiny-3'));
  t.like(await get<ServedModel>(`${url}/model`), { version: 'tiny-3', shadow: null });
  t.like(await ask(url, 1), { status: 200, digit: 3 });
  const response = await fetch(`${url}/disagreements/${id}/label`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"label": 3}',
  });
  t.is(response.status, 201);
  const correction = await get<FeedbackEntry>(`${url}/feedback/${id}`);
  t.like(correction, { source: 'disagreement', label: 3, predicted: 7 });
  t.is((await get<List<Disagreement>>(`${url}/disagreements`)).total, 0);
});

function isNamed(model: unknown, version: string): boolean {
  return (model as { readonly version: string }).version === version;
}

test('a bad shadow is told, and no harm; a good one in its place is taken', async t => {
  const { modelsDir, start } = await setUp(t);
  await writeTinyVersion(modelsDir, 'tiny-3', 3);
  const file = join(modelsDir, 'tiny-3', 'model.safetensors');
  const good = await readFile(file);
  await writeFile(file, good.subarray(0, 1000));
  const { log, url } = await start();
  const { code } = await log.waitFor(({ msg }) => msg === 'shadow refused');
  t.is(code, 'model-truncated');
  t.is((await fetch(`${url}/health/ready`)).status, 200);
  t.like(await ask(url, 0), { status: 200, digit: 7 });
  t.is((await get<ServedModel>(`${url}/model`)).shadow, null);

  await writeTinyVersion(modelsDir, 'tiny-3', 3);
  await log.waitFor(({ msg }) => msg === 'shadow loaded');
  t.is((await get<ServedModel>(`${url}/model`)).shadow?.version, 'tiny-3');
});

const pictures = 12;

test('killed while labelling, every picture is in one list or the other, and none in both', async t => {
  const { modelsDir, dataDir, start } = await setUp(t);
  await writeTinyVersion(modelsDir, 'tiny-3', 3);
  const first = await start();
  await first.log.waitFor(({ msg }) => msg === 'shadow loaded');
  for (let i = 0; i < pictures; i++) t.is((await ask(first.url, i)).status, 200);
  await untilKept(first.url, pictures);

  const answered = new Set<string>();
  let running = first;
  for (const answersBeforeKill of [1, 3]) {
    const { child, url } = running;
    const exited = once(child, 'exit');
    const { items } = await get<List<Disagreement>>(`${url}/disagreements`);
    let answers = 0;
    const label = async ({ id }: Disagreement) => {
      const headers = { 'content-type': 'application/json' };
      const options = { method: 'POST', headers, body: '{"label": 3}' };
      const request = fetch(`${url}/disagreements/${id}/label`, options);
      if (answers >= answersBeforeKill) child.kill('SIGKILL');
      const response = await request.catch(() => null);
      if (response?.status !== 201) return;
      answers++;
      answered.add(id);
    };
    for (const item of items) await label(item);
    child.kill('SIGKILL');
    await exited;
    running = await start();
  }

  const { url } = running;
  const { items: waiting } = await get<List<Disagreement>>(`${url}/disagreements`);
  const { items: corrections } = await get<List<FeedbackEntry>>(`${url}/feedback`);
  const labelled = new Set(corrections.map(({ id }) => id));
  t.is(waiting.length + labelled.size, pictures);
  t.true(waiting.every(({ id }) => !labelled.has(id)));
  t.true(answered.size >= 4);
  t.true([...answered].every(id => labelled.has(id)));
  running.child.kill('SIGKILL');
  await once(running.child, 'exit');
  const database = new DatabaseSync(join(dataDir, 'feedback.sqlite'));
  t.teardown(() => database.close());
  t.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
});
