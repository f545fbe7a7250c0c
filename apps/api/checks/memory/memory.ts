// nx run api:memory: the built service's resident memory over many requests, and over storms of the
// largest pictures, 64 at once. --requests N, --mixed N and --storms N set how many; 0 leaves them out. --only PATTERN
// selects storms by the name of their pictures.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon, { type Request } from 'autocannon';
import { form } from '../../bench/requests.ts';
import { pause, startService } from '../support/service.ts';
import { memoryOf, resetPeak } from '../support/vitals.ts';
import { mixedRequests } from './mixed-requests.ts';
import { largePictures } from './pictures.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200000' },
    mixed: { type: 'string', default: '300000' },
    storms: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
});

/** How much may be left a minute after a storm, beside what the service took at its start. */
const maxLeftMiB = 60;
const settlingMs = 60_000;

/** How much more may be resident in the second half of the requests than in the first, at the least of its tenths: the rest is garbage. */
const maxGrowthMiB = 10;

const connections = 16;
const parallelPictures = 64;

const dataDir = await mkdtemp(join(tmpdir(), 'digits-memory-'));
// Measured beside other work, which must not turn into refusals.
const env = { DATA_DIR: dataDir, MAX_EVENT_LOOP_DELAY_MS: '0' };
const service = await startService({ env });
const url = `http://127.0.0.1:${service.port}`;
let hasGrown = false;

/** After the modules that are loaded shortly after the start. */
await pause(2000);
const startMiB = memoryOf(service.pid).now;
print(`start: ${startMiB.toFixed(0)} MiB`);
try {
  for (let storm = 0; storm < Number(values.storms); storm++) {
    for (const [name, encode] of Object.entries(largePictures)) {
      if (new RegExp(values.only).test(name)) await sendStorm(name, await encode());
    }
  }
  await soak('requests', [form], Number(values.requests));
  await soak('mixed requests', await mixedRequests(), Number(values.mixed));
} finally {
  await service.end();
  await rm(dataDir, { recursive: true });
}
if (hasGrown) process.exitCode = 1;

async function sendStorm(name: string, body: Buffer): Promise<void> {
  resetPeak(service.pid);
  const answers = await Promise.all(Array.from({ length: parallelPictures }, () => send(body)));
  const { peak } = memoryOf(service.pid);
  const endMs = performance.now() + settlingMs;
  while (memoryOf(service.pid).now > startMiB + maxLeftMiB && performance.now() < endMs) {
    await pause(1000);
  }
  const { now } = memoryOf(service.pid);
  if (now > startMiB + maxLeftMiB) hasGrown = true;
  const counts = Object.entries(Object.groupBy(answers, ({ status }) => status)).map(
    ([status, all = []]) => {
      const slowestMs = Math.max(...all.map(({ ms }) => ms));
      return `${all.length} × ${status} within ${(slowestMs / 1000).toFixed(1)} s`;
    },
  );
  print(`${name}: peak ${peak.toFixed(0)}, then ${now.toFixed(0)} MiB; ${counts.join(', ')}`);
}

async function send(body: Buffer): Promise<{ readonly status: number; readonly ms: number }> {
  const startMs = performance.now();
  const headers = { 'content-type': 'image/png' };
  const response = await fetch(`${url}/predict`, { method: 'POST', headers, body } as RequestInit);
  await response.arrayBuffer();
  return { status: response.status, ms: performance.now() - startMs };
}

async function soak(name: string, requests: Request[], amount: number): Promise<void> {
  if (amount === 0) return;
  const tenth = Math.ceil(amount / 10);
  const sizes: number[] = [];
  for (let sent = 0; sent < amount; sent += tenth) {
    await autocannon({ url, connections, amount: tenth, requests });
    sizes.push(memoryOf(service.pid).now);
  }
  const half = sizes.length / 2;
  const growthMiB = Math.min(...sizes.slice(half)) - Math.min(...sizes.slice(0, half));
  if (growthMiB > maxGrowthMiB) hasGrown = true;
  const all = sizes.map(size => size.toFixed(0)).join(' ');
  print(`${amount} ${name}: ${all} MiB after each tenth`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
