// Memory that must not grow: over many models in one process, over many requests to a service, and
// over storms of the largest and of damaged pictures.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { largePictures } from '../checks/memory/pictures.ts';
import { forAllTests, startService } from '../test/hostile/service.ts';
import { draw } from '../test/support/drawing.ts';
import { pipeline, png } from '../test/support/files.ts';
import { fileForm, formHeaders } from '../test/support/form.ts';

const started = startService(forAllTests);

/** Less than half of the weights of fifteen models. */
const maxModelGrowthMiB = 40;

test.serial('twenty models in a row take no more memory than five', async t => {
  t.timeout(120_000);
  const script = fileURLToPath(new URL('swap-models.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--expose-gc'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [{ swaps, afterFive, afterTwenty }] = await once(child, 'message');
  t.is(swaps, 20);
  t.log(`${afterFive} → ${afterTwenty} MiB`);
  t.true(afterTwenty - afterFive < maxModelGrowthMiB, `${afterFive} → ${afterTwenty} MiB`);
});

const requests = 20_000;

test.serial('twenty thousand requests to a service leave its memory as it was', async t => {
  t.timeout(300_000);
  const service = await started;
  const body = fileForm(png(draw(7, 28)));
  service.measureMemory();
  let left = requests;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left-- > 0) await service.post('/predict', formHeaders, body);
    }),
  );
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});

/** What a storm may take, and what a minute later may be left of all storms. */
const maxPeakMiB = 300;
const maxLeftMiB = 60;
const maxSettlingMs = 60_000;

/** 64 connections that send these bodies in turn; returns how many answers had each status. */
async function storm(bodies: Iterable<Buffer>): Promise<Record<number, number>> {
  const service = await started;
  const statuses: Record<number, number> = {};
  const queue = bodies[Symbol.iterator]();
  const send = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const headers = { 'content-type': 'image/png' };
      const { status } = await service.post('/predict', headers, next.value);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 64 }, send));
  return statuses;
}

/** Pictures of many sizes in all formats, with a flipped byte in two of three. */
async function* mutatedPictures(count: number): AsyncGenerator<Buffer> {
  const pictures: Buffer[] = [];
  for (const side of [28, 100, 300, 900]) {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      pictures.push(await pipeline(draw(7, side)).toFormat(format).toBuffer());
    }
  }
  for (let i = 0; i < count; i++) {
    const copy = Buffer.from(pictures[i % pictures.length]!);
    if (i % 3 > 0) copy[(i * 7919) % copy.length]! ^= 1 << (i % 8);
    yield copy;
  }
}

const largeStorms = Object.fromEntries(
  Object.entries(largePictures).map(([name, encode]) => [
    name,
    async () => Array<Buffer>(64).fill(await encode()),
  ]),
);

/** One after the other, in one service. */
const storms: Record<string, () => Promise<Iterable<Buffer>>> = {
  ...largeStorms,
  'uploads of 10 MiB': async () => {
    const body = Buffer.alloc(10 * 1024 * 1024);
    png(draw(7, 28)).copy(body);
    return Array<Buffer>(64).fill(body);
  },
  'mutated pictures': () => Array.fromAsync(mutatedPictures(500)),
};

let startMiB: number | undefined;

for (const [title, bodies] of Object.entries(storms)) {
  test.serial(`a storm of ${title} is bounded, and its memory is given back`, async t => {
    t.timeout(180_000);
    const service = await started;
    service.measureMemory();
    startMiB ??= service.memory().now;
    const statuses = await storm(await bodies());
    const { peak } = service.memory();
    t.true((statuses[200] ?? 0) > 0);
    t.is(statuses[500], undefined);
    t.true(peak < maxPeakMiB, `${peak} MiB at the peak`);
    const deadlineMs = performance.now() + maxSettlingMs;
    while (service.memory().now > startMiB + maxLeftMiB && performance.now() < deadlineMs) {
      await setTimeout(1000);
    }
    await service.readsDigit(t);
    const { now } = service.memory();
    t.log(JSON.stringify(statuses), `${[startMiB, peak, now].map(Math.round).join(' → ')} MiB`);
    t.true(now < startMiB + maxLeftMiB, `${startMiB} → ${now} MiB`);
  });
}
