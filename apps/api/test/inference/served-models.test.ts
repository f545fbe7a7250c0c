// Models that change under a service that is being asked, in a process of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { promoteRealModel } from '../support/real-model.ts';
import { spawnSupervised } from '../support/service.ts';
import { promote, writeTinyModel, writeTinyVersion } from '../support/tiny-model.ts';

const picture = png(draw(7, 28));

/** A service that serves the folder, started as a supervisor starts it. */
async function serve(t: ExecutionContext, modelsDir: string) {
  t.timeout(60_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
  t.teardown(() => rm(modelsDir, { recursive: true, force: true }));
  t.teardown(() => rm(dataDir, { recursive: true, force: true }));
  const { child, log } = spawnSupervised(t, {
    MODELS_DIR: modelsDir,
    DATA_DIR: dataDir,
    PORT: '0',
  });
  const { msg = '' } = await log.waitFor(line => /^Server listening at /.test(line.msg ?? ''));
  const url = msg.replace('Server listening at ', '');
  const served = (version: string) =>
    log.waitFor(({ msg, model }) => msg === 'model served' && version === versionOf(model));
  const predict = async () => {
    const headers = { 'content-type': 'image/png' };
    const response = await fetch(`${url}/predict`, { method: 'POST', headers, body: picture });
    return { status: response.status, body: (await response.json()) as Prediction };
  };
  const readiness = async () => (await fetch(`${url}/health/ready`)).status;
  return { child, log, url, served, predict, readiness };
}

function versionOf(model: unknown): string {
  return (model as { readonly version: string }).version;
}

const refusals = ({ log }: { log: { lines: readonly { msg?: string }[] } }) =>
  log.lines.filter(({ msg }) => msg === 'model refused').length;

test('a stream of requests goes on without a gap while the model changes', async t => {
  const folder = await writeTinyModel();
  const service = await serve(t, folder);
  const versions: string[] = [];
  const hasChanged = { yet: false };
  const stream = async () => {
    // Some more after the change, so that the new model is seen to answer.
    for (let left = 20; left > 0; left -= hasChanged.yet ? 1 : 0) {
      const { status, body } = await service.predict();
      t.is(status, 200);
      versions.push(body.model.version);
    }
  };
  const streams = Array.from({ length: 4 }, stream);
  const version = await promoteRealModel(folder);
  await service.served(version);
  hasChanged.yet = true;
  await Promise.all(streams);
  t.is(versions[0], 'tiny-1');
  t.is(versions.at(-1), version);
});

const swaps = 5;
const longestMs = 1000;

test.serial('a new champion answers within a second, and no request fails meanwhile', async t => {
  const folder = await writeTinyModel();
  const { predict } = await serve(t, folder);
  const took: number[] = [];
  for (let i = 0; i < swaps; i++) {
    const champion = await writeTinyVersion(folder, `tiny-swap-${i}`, i);
    const startMs = performance.now();
    await promote(folder, champion);
    for (let version = ''; version !== champion.version; ) {
      const { status, body } = await predict();
      t.is(status, 200);
      version = body.model.version;
    }
    took.push(Math.round(performance.now() - startMs));
  }
  t.log(`${took.join(', ')} ms`);
  // Each is crowned just after the service has looked, so that none is quick by luck; the quickest is
  // what the service takes where the machine has time for it.
  t.true(Math.min(...took) < longestMs);
});

test('SIGHUP looks at once, a bad file is logged once, and the old model goes on', async t => {
  const folder = await writeTinyModel();
  const service = await serve(t, folder);
  await writeFile(join(folder, 'champion.json'), '{"version":');
  service.child.kill('SIGHUP');
  const { code } = await service.log.waitFor(({ msg }) => msg === 'model refused');
  t.is(code, 'champion-corrupt');
  t.is((await service.predict()).body.model.version, 'tiny-1');
  t.is(await service.readiness(), 200);

  service.child.kill('SIGHUP');
  const version = await promoteRealModel(folder);
  service.child.kill('SIGHUP');
  await service.served(version);
  t.is(refusals(service), 1);
  t.like((await service.predict()).body, { digit: 7, accepted: true });
});

test('without a model the service lives and waits, and is ready when one appears', async t => {
  const folder = join(await mkdtemp(join(tmpdir(), 'digits-api-')), 'later');
  const service = await serve(t, folder);
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

/** Less than half of what the weights of fifteen champions too many would keep. */
const mostGrowthMiB = 40;

test('twenty models in a row leave no more memory taken than five', async t => {
  t.timeout(60_000);
  const script = fileURLToPath(new URL('swap-models.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--expose-gc'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [{ swaps, afterFive, afterTwenty }] = await once(child, 'message');
  t.is(swaps, 20);
  t.log(`${afterFive} → ${afterTwenty} MiB`);
  t.true(afterTwenty - afterFive < mostGrowthMiB, `${afterFive} → ${afterTwenty} MiB`);
});
