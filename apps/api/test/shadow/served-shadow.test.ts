// A shadow beside the champion, in a service that runs in a process of its own.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FeedbackEntry, Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import type { Disagreement } from '../../src/schemas/disagreement.ts';
import type { ServedModel } from '../../src/schemas/model.ts';
import { picture } from '../support/feedback.ts';
import { listeningUrl, spawnService } from '../support/service.ts';
import { promote, writeTinyModel, writeTinyVersion } from '../support/tiny-model.ts';

/** A models folder, a data folder, and a function that starts services with them. */
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

async function predict(url: string, index: number) {
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

async function untilStored(url: string, count: number): Promise<Disagreement[]> {
  for (;;) {
    const { items } = await get<List<Disagreement>>(`${url}/disagreements`);
    if (items.length >= count) return items;
  }
}

test('a corrupt shadow is logged only; a good one is compared, and no shadow any more once promoted', async t => {
  const { modelsDir, start } = await setUp(t);
  const version = await writeTinyVersion(modelsDir, 'tiny-3', 3);
  const file = join(modelsDir, 'tiny-3', 'model.safetensors');
  const good = await readFile(file);
  await writeFile(file, good.subarray(0, 1000));
  const { log, url } = await start();
  const { code } = await log.waitFor(({ msg }) => msg === 'shadow refused');
  t.is(code, 'model-truncated');
  t.is((await fetch(`${url}/health/ready`)).status, 200);
  t.like(await predict(url, 0), { status: 200, digit: 7 });
  t.is((await get<ServedModel>(`${url}/model`)).shadow, null);

  await writeTinyVersion(modelsDir, 'tiny-3', 3);
  await log.waitFor(({ msg }) => msg === 'shadow loaded');
  t.like(await get<ServedModel>(`${url}/model`), {
    version: 'tiny-1',
    shadow: { version: 'tiny-3' },
  });
  t.like(await predict(url, 1), { status: 200, digit: 7, model: { version: 'tiny-1' } });
  const [{ id }] = (await untilStored(url, 1)) as [Disagreement];

  await promote(modelsDir, version);
  await log.waitFor(({ msg, model }) => msg === 'model served' && isNamed(model, 'tiny-3'));
  t.like(await get<ServedModel>(`${url}/model`), { version: 'tiny-3', shadow: null });
  t.like(await predict(url, 2), { status: 200, digit: 3 });
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

const pictures = 12;

/** After this many labels the service is killed, with the next one in flight. */
const answersBeforeKill = 3;

/** @returns the ids whose label was answered with 201 */
async function labelUntilKilled({ child, url }: { child: ChildProcess; url: string }) {
  const exited = once(child, 'exit');
  const answered = new Set<string>();
  const { items } = await get<List<Disagreement>>(`${url}/disagreements`);
  for (const { id } of items) {
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, body: '{"label": 3}' };
    const request = fetch(`${url}/disagreements/${id}/label`, options);
    if (answered.size >= answersBeforeKill) child.kill('SIGKILL');
    const response = await request.catch(() => undefined);
    if (response?.status === 201) answered.add(id);
  }
  await exited;
  return answered;
}

test('a kill while labelling leaves every picture in exactly one of the two lists', async t => {
  const { modelsDir, dataDir, start } = await setUp(t);
  await writeTinyVersion(modelsDir, 'tiny-3', 3);
  const first = await start();
  await first.log.waitFor(({ msg }) => msg === 'shadow loaded');
  for (let i = 0; i < pictures; i++) t.is((await predict(first.url, i)).status, 200);
  await untilStored(first.url, pictures);

  const answered = await labelUntilKilled(first);
  const second = await start();
  const { url } = second;
  const { items: waiting } = await get<List<Disagreement>>(`${url}/disagreements`);
  const { items: corrections } = await get<List<FeedbackEntry>>(`${url}/feedback`);
  const labelled = new Set(corrections.map(({ id }) => id));
  t.is(waiting.length + labelled.size, pictures);
  t.true(waiting.every(({ id }) => !labelled.has(id)));
  t.true(answered.size >= 3);
  t.true([...answered].every(id => labelled.has(id)));
  second.child.kill('SIGKILL');
  await once(second.child, 'exit');
  const database = new DatabaseSync(join(dataDir, 'feedback.sqlite'));
  t.teardown(() => database.close());
  t.deepEqual({ ...database.prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' });
});
