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
import { partOfMnist, runCommand } from '../../test/end-to-end/commands.ts';
import { picture } from '../../test/support/feedback.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { serveFolder } from '../../test/support/static-server.ts';
import { promote, promoteRealModel, writeTinyVersion } from '../../test/support/tiny-model.ts';
import { pause, type Service, startService } from '../support/service.ts';
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
const senders = 4;
/** As the fastest client may: the seconds of Retry-After. */
const retryMs = 1000;

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

interface Stored {
  readonly id: string;
  readonly label: number;
}

async function run() {
  const startMs = performance.now();
  const database = await startPostgres(['fsync=on']);
  cleanups.push(() => database.close());
  const feedbackUrl = await database.createDatabase();
  const served = await newFolder('models');
  const firstVersion = await promoteRealModel(served);
  const place = await serveFolder(served);
  cleanups.push(() => place.close());

  const replicas: Service[] = [];
  const start = async () => {
    const folder = await newFolder('data');
    const env = {
      FEEDBACK_URL: feedbackUrl,
      MODELS_URL: place.url,
      DATA_DIR: folder,
      MAX_EVENT_LOOP_DELAY_MS: '0',
    };
    const replica = await startService({ env });
    cleanups.push(() => replica.end('SIGKILL'));
    return replica;
  };
  replicas.push(...(await Promise.all(Array.from({ length: replicaCount }, start))));
  const proxy = await startProxy(() => replicas.map(({ port }) => port));
  cleanups.push(() => proxy.close());
  say(`${replicaCount} replicas serve ${firstVersion}`);

  const file = join(await newFolder('load'), 'picture.png');
  await writeFile(file, picture(0));
  const script = fileURLToPath(new URL('../../test/end-to-end/load.ts', import.meta.url));
  const load = fork(script, [proxy.url, file]);
  cleanups.push(() => load.kill('SIGKILL'));
  await once(load, 'message');

  const stored = new Map<number, Stored>();
  let repeated = 0;
  let next = 0;
  const faults = [
    [pointOf(0.25), killReplica],
    [pointOf(0.5), restartDatabase],
  ] as const;
  const faultsDone: Promise<void>[] = [];
  async function killReplica(): Promise<void> {
    await replicas[1]!.end('SIGKILL');
    say('a replica was killed');
    replicas[1] = await start();
  }
  async function restartDatabase(): Promise<void> {
    if (process.env['TEST_POSTGRES_URL']) {
      say('the external database is not restarted');
      return;
    }
    await database.stop('SIGKILL');
    say('the database was killed');
    await database.start();
  }
  const send = async () => {
    for (;;) {
      const index = next++;
      if (index >= count) return;
      for (const [point, happen] of faults) if (index === point) faultsDone.push(happen());
      for (;;) {
        const url = `${proxy.url}/feedback?label=${index % 10}`;
        const headers = { 'content-type': 'image/png' };
        const body = picture(index);
        const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
        const { status } = response ?? { status: 0 };
        if (response && (status === 201 || status === 200)) {
          // 200 after an attempt whose answer was lost.
          stored.set(index, (await response.json()) as Stored);
          break;
        }
        await response?.arrayBuffer();
        repeated++;
        hold(status === 503 || status === 502 || status === 0, `a correction got ${status}`);
        await pause(retryMs);
      }
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  await Promise.all(faultsDone);
  for (const replica of replicas) {
    if (!replica.hasExited) continue;
    // Nothing after this can hold.
    const lines = replica
      .errors()
      .slice(-3)
      .map(line => JSON.stringify(line));
    const { exitCode, signalCode } = replica.process;
    throw new Error(`A replica ended (${exitCode ?? signalCode}): ${replica.stderr} ${lines}`);
  }
  say(`${stored.size} corrections were stored, ${repeated} times repeated by the client`);

  // The form that nn:promote --to writes: the model, then champion.json.
  const promotedMs = performance.now();
  await promote(served, await writeTinyVersion(served, 'tiny-2', 3));
  const swaps = await Promise.all(replicas.map(replica => swapMs(replica, 'tiny-2', promotedMs)));
  const slowest = Math.max(...swaps);
  hold(slowest <= maxPromotionMs, `a replica kept the old champion for ${slowest} ms`);
  say(`all replicas serve the promoted champion after ${Math.round(slowest)} ms`);

  load.send('stop');
  const [predictions] = (await once(load, 'message')) as [{ answered: number; failures: string[] }];
  hold(
    predictions.failures.length === 0,
    `predictions failed: ${predictions.failures.slice(0, 3).join('; ')}`,
  );
  say(`${predictions.answered} predictions, ${predictions.failures.length} failed`);

  const found = await readAll(proxy.url);
  const ids = new Set(found.map(({ id }) => id));
  const pictures = new Set(found.map(({ label, input }) => `${input.sha256} ${label}`));
  const lost = [...stored.values()].filter(({ id }) => !ids.has(id)).length;
  hold(lost === 0, `${lost} corrections are lost`);
  hold(found.length === count, `there are ${found.length} corrections, not ${count}`);
  hold(pictures.size === found.length, 'a correction is stored twice');

  const learnt = await train(proxy.url);
  hold(learnt === count, `the training learns from ${learnt} of ${count} corrections`);
  return {
    ...{ type: 'replicas', seed, corrections: count, stored: found.length, lost, repeated },
    ...{ retries: proxy.retries, predictions: predictions.answered },
    failedPredictions: predictions.failures.length,
    ...{ promotionMs: Math.round(slowest), learnt },
    seconds: Math.round((performance.now() - startMs) / 1000),
    violations,
  };
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

interface Item extends Stored {
  readonly input: { readonly sha256: string };
}

async function readAll(url: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from = cursor === '' ? '' : `&cursor=${cursor}`;
    const response = await fetch(`${url}/feedback?limit=100&order=oldest${from}`);
    const page = (await response.json()) as { items: Item[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** @returns the number of corrections that a short training had, those that it holds out included */
async function train(url: string): Promise<number> {
  const models = await newFolder('training');
  await promoteRealModel(models);
  const data = await partOfMnist(500, 100);
  cleanups.push(() => rm(data, { recursive: true, force: true }));
  const source = ['--feedback', url, '--data', data, '--confirm', 'all'] as const;
  const { exitCode, events, stderr } = await runCommand('train', ...source, '--out', models);
  hold(exitCode === 0, `nn:train ended with ${exitCode}: ${stderr.trim().slice(-300)}`);
  const event = events.find(({ type }) => type === 'corrections');
  const { trained = 0, heldOut = 0 } = (event ?? {}) as Record<string, number>;
  return trained + heldOut;
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
