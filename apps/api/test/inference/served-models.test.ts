// A service in a process of its own whose model appears, changes, and is damaged while it is asked.

import { mkdtempSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Prediction } from '@digits/protocol';
import test from 'ava';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { spawnSupervised } from '../support/service.ts';
import {
  promote,
  promoteRealModel,
  writeTinyModel,
  writeTinyVersion,
} from '../support/tiny-model.ts';

const picture = png(draw(7, 28));
const owner = { teardown: test.after.always };

let folder = '';
let service: Awaited<ReturnType<typeof start>>;

/** Starts the service as a supervisor does, with a models folder that does not exist yet. */
async function start() {
  // Nothing is awaited before the service is spawned: AVA takes its teardown at load time only.
  const parent = mkdtempSync(join(tmpdir(), 'digits-api-'));
  folder = join(parent, 'models');
  const dataDir = join(parent, 'data');
  const env = { MODELS_DIR: folder, DATA_DIR: dataDir, PORT: '0' };
  const { child, log } = spawnSupervised(owner, env);
  child.once('exit', () => rm(parent, { recursive: true, force: true }));
  const { msg = '' } = await log.waitFor(line => /^Server listening at /.test(line.msg ?? ''));
  const url = msg.replace('Server listening at ', '');
  return {
    child,
    log,
    url,
    served: (version: string) =>
      log.waitFor(({ msg, model }) => msg === 'model served' && versionOf(model) === version),
    refusals: () => log.lines.filter(({ msg }) => msg === 'model refused').length,
    readiness: async () => (await fetch(`${url}/health/ready`)).status,
    async predict() {
      const headers = { 'content-type': 'image/png' };
      const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: picture });
      return { status: response.status, body: (await response.json()) as Prediction };
    },
  };
}

function versionOf(model: unknown): string {
  return (model as { readonly version: string }).version;
}

const starting = start();
test.before(async t => {
  t.timeout(60_000);
  service = await starting;
});

test.serial('without a model the service is live, and becomes ready when one appears', async t => {
  t.is((await fetch(`${service.url}/health/live`)).status, 200);
  t.is(await service.readiness(), 503);
  const refused = await service.predict();
  t.is(refused.status, 503);
  t.like(refused.body, { code: 'not-ready' });

  await rename(await writeTinyModel(), folder);
  await service.served('tiny-1');
  t.is(await service.readiness(), 200);
  t.is((await service.predict()).status, 200);
});

const swaps = 5;
const maxSwapMs = 1000;

test.serial('a new champion answers within a second, and no request fails meanwhile', async t => {
  t.timeout(60_000);
  const durationsMs: number[] = [];
  let isOver = false;
  const streams = Array.from({ length: 3 }, async () => {
    while (!isOver) t.is((await service.predict()).status, 200);
  });
  for (let i = 0; i < swaps; i++) {
    const champion = await writeTinyVersion(folder, `tiny-swap-${i}`, i);
    const startMs = performance.now();
    await promote(folder, champion);
    for (let version = ''; version !== champion.version; ) {
      const { status, body } = await service.predict();
      t.is(status, 200);
      version = body.model.version;
    }
    durationsMs.push(Math.round(performance.now() - startMs));
  }
  isOver = true;
  await Promise.all(streams);
  t.log(`${durationsMs.join(', ')} ms`);
  // Each is promoted right after the service has polled, so none is fast by chance; the fastest shows
  // what the service takes on a machine that is not busy.
  t.true(Math.min(...durationsMs) < maxSwapMs);
});

test.serial(
  'SIGHUP reloads at once, a bad file is logged once, and the old model stays',
  async t => {
    t.timeout(60_000);
    const before = service.refusals();
    const { version: current } = (await service.predict()).body.model;
    await writeFile(join(folder, 'champion.json'), '{"version":');
    service.child.kill('SIGHUP');
    const { code } = await service.log.waitFor(
      ({ msg, code }) => msg === 'model refused' && code === 'champion-corrupt',
    );
    t.is(code, 'champion-corrupt');
    t.is((await service.predict()).body.model.version, current);
    t.is(await service.readiness(), 200);

    service.child.kill('SIGHUP');
    const version = await promoteRealModel(folder);
    service.child.kill('SIGHUP');
    await service.served(version);
    t.is(service.refusals(), before + 1);
    t.like((await service.predict()).body, { digit: 7, accepted: true });
  },
);
