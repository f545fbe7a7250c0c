// nx run api:replicas: three replicas of the built service on one PostgreSQL and one models place. One is
// killed, the database is killed, and a champion is promoted, all under load. Exits with 1 where a
// correction is lost or stored twice, a prediction fails, or a replica keeps the old champion.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { partOfMnist } from '../../test/end-to-end/commands.ts';
import { picture } from '../../test/support/feedback.ts';
import { type PostgresServer, startPostgres } from '../../test/support/postgres.ts';
import { serveFolder } from '../../test/support/static-server.ts';
import { promote, promoteRealModel, writeTinyVersion } from '../../test/support/tiny-model.ts';
import { pause, type Service, startService } from '../support/service.ts';
import { learnCorrections, postCorrections, readCorrections, type Stored } from './corrections.ts';
import { startProxy } from './proxy.ts';

const usage = `Usage: nx run api:replicas -- [--corrections N] [--seed N] [--json]

  --corrections N  number of corrections to post; default 2000
  --seed N         when the faults happen; default 1
  --json           one JSON document on stdout
`;
const { values } = parseArgs({
  options: {
    corrections: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const count = Number(values.corrections);
const seed = Number(values.seed);
if (values.help || !Number.isSafeInteger(count) || count < 100 || !Number.isSafeInteger(seed)) {
  process[values.help ? 'stdout' : 'stderr'].write(usage);
  process.exit(values.help ? 0 : 2);
}

/** All replicas serve a promoted champion within this time, by the default interval of MODELS_URL. */
const maxPromotionMs = 15_000;
const replicaCount = 3;
const say = (text: string) => process[values.json ? 'stderr' : 'stdout'].write(`${text}\n`);
const violations: string[] = [];
const cleanups: (() => unknown)[] = [];
const cleanUp = async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
};
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    isInterrupted = true;
    await cleanUp();
    process.exit(130);
  });
}

function hold(condition: boolean, violation: string): void {
  if (!condition) violations.push(violation);
}

/** When the fault happens: the number of the correction, different for each seed. */
function pointOf(fraction: number): number {
  const shift = ((Math.imul(seed, 2_654_435_761) >>> 0) / 2 ** 32 - 0.5) * 0.1;
  return Math.round(count * (fraction + shift));
}

async function newFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `digits-replicas-${name}-`));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts replicas that share a database and a models place. */
function replicaStarter(feedbackUrl: string, modelsUrl: string) {
  return async (): Promise<Service> => {
    const shared = { FEEDBACK_URL: feedbackUrl, MODELS_URL: modelsUrl };
    const env = { ...shared, DATA_DIR: await newFolder('data'), MAX_EVENT_LOOP_DELAY_MS: '0' };
    const replica = await startService({ env });
    cleanups.push(() => replica.end('SIGKILL'));
    return replica;
  };
}

/** A process that sends predictions until it is stopped. */
async function startLoad(url: string) {
  const file = join(await newFolder('load'), 'picture.png');
  await writeFile(file, picture(0));
  const script = fileURLToPath(new URL('../../test/end-to-end/load.ts', import.meta.url));
  const load = fork(script, [url, file]);
  cleanups.push(() => load.kill('SIGKILL'));
  await once(load, 'message');
  return async () => {
    load.send('stop');
    const [report] = await once(load, 'message');
    return report as { readonly answered: number; readonly failures: readonly string[] };
  };
}

async function killDatabase(database: PostgresServer): Promise<void> {
  if (process.env['TEST_POSTGRES_URL']) {
    say('the external database is not restarted');
    return;
  }
  await database.stop('SIGKILL');
  say('the database was killed');
  await database.start();
}

/** @throws Error where a replica has ended: nothing after this can hold */
function requireRunning(replicas: readonly Service[]): void {
  const ended = replicas.find(replica => replica.hasExited);
  if (!ended) return;
  const lines = ended
    .errors()
    .slice(-3)
    .map(line => JSON.stringify(line));
  const { exitCode, signalCode } = ended.process;
  throw new Error(`A replica ended (${exitCode ?? signalCode}): ${ended.stderr} ${lines}`);
}

/** Promotes another version in the place. @returns the time until the last replica serves it */
async function promoteEverywhere(served: string, replicas: readonly Service[]): Promise<number> {
  // The form that nn:promote --to writes: the model, then champion.json.
  const startMs = performance.now();
  await promote(served, await writeTinyVersion(served, 'tiny-2', 3));
  const swaps = await Promise.all(replicas.map(replica => swapMs(replica, 'tiny-2', startMs)));
  return Math.max(...swaps);
}

/** @returns the time from the promotion on until this replica serves the version, at most twice the limit */
async function swapMs(replica: Service, version: string, startMs: number): Promise<number> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${replica.port}/health/ready`);
    const { model } = (await response.json()) as { model: { version: string } };
    const ms = performance.now() - startMs;
    if (model.version === version || ms > 2 * maxPromotionMs) return ms;
    await pause(50);
  }
}

/** Holds that every correction that was answered is there, and none twice. */
async function examineCorrections(url: string, stored: readonly Stored[]) {
  const found = await readCorrections(url);
  const ids = new Set(found.map(({ id }) => id));
  const pictures = new Set(found.map(({ label, input }) => `${input.sha256} ${label}`));
  const lost = stored.filter(({ id }) => !ids.has(id)).length;
  hold(lost === 0, `${lost} corrections are lost`);
  hold(found.length === count, `there are ${found.length} corrections, not ${count}`);
  hold(pictures.size === found.length, 'a correction is stored twice');
  return { stored: found.length, lost };
}

async function run() {
  const startMs = performance.now();
  const database = await startPostgres(['fsync=on']);
  cleanups.push(() => database.close());
  const served = await newFolder('models');
  const firstVersion = await promoteRealModel(served);
  const place = await serveFolder(served);
  cleanups.push(() => place.close());
  const start = replicaStarter(await database.createDatabase(), place.url);
  const replicas = await Promise.all(Array.from({ length: replicaCount }, start));
  const proxy = await startProxy(() => replicas.map(({ port }) => port));
  cleanups.push(() => proxy.close());
  say(`${replicaCount} replicas serve ${firstVersion}`);
  const stopLoad = await startLoad(proxy.url);

  const faults: Promise<void>[] = [];
  const killReplica = async () => {
    await replicas[1]!.end('SIGKILL');
    say('a replica was killed');
    replicas[1] = await start();
  };
  const posted = await postCorrections(proxy.url, count, index => {
    if (index === pointOf(0.25)) faults.push(killReplica());
    if (index === pointOf(0.5)) faults.push(killDatabase(database));
  });
  await Promise.all(faults);
  requireRunning(replicas);
  for (const status of posted.unexpected) hold(false, `a correction got ${status}`);
  const { repeated } = posted;
  say(`${posted.stored.length} corrections were stored, ${repeated} times repeated by the client`);

  const promotionMs = Math.round(await promoteEverywhere(served, replicas));
  hold(promotionMs <= maxPromotionMs, `a replica kept the old champion for ${promotionMs} ms`);
  say(`all replicas serve the promoted champion after ${promotionMs} ms`);

  const { answered, failures } = await stopLoad();
  hold(failures.length === 0, `predictions failed: ${failures.slice(0, 3).join('; ')}`);
  say(`${answered} predictions, ${failures.length} failed`);

  const examined = await examineCorrections(proxy.url, posted.stored);
  const models = await newFolder('training');
  await promoteRealModel(models);
  const data = await partOfMnist(500, 100);
  cleanups.push(() => rm(data, { recursive: true, force: true }));
  const learnt = await learnCorrections(proxy.url, { models, data });
  hold(learnt.failure === undefined, `nn:train ended with ${learnt.failure}`);
  hold(learnt.count === count, `the training learns from ${learnt.count} of ${count} corrections`);
  return {
    ...{ type: 'replicas', seed, corrections: count, ...examined, repeated },
    ...{ retries: proxy.retries, predictions: answered, failedPredictions: failures.length },
    ...{ promotionMs, learnt: learnt.count },
    seconds: Math.round((performance.now() - startMs) / 1000),
    violations,
  };
}

try {
  const summary = await run();
  for (const violation of violations) say(`VIOLATION: ${violation}`);
  say(`${violations.length} violations in ${summary.seconds} s (seed ${seed})`);
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  if (violations.length > 0) process.exitCode = 1;
} catch (error) {
  // Its replicas were ended.
  if (!isInterrupted) throw error;
} finally {
  await cleanUp();
}
