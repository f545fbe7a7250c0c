import type { LoadedModel } from '@digits/nn';
import test from 'ava';
import type { NewDisagreement } from '../../src/feedback/disagreement.ts';
import { predictFromInput } from '../../src/inference/predict.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { Problem } from '../../src/problem.ts';
import { Shadowing } from '../../src/shadow/shadowing.ts';
import { loadTinyChampion, loadTinyShadow } from '../support/app.ts';
import { picture } from '../support/feedback.ts';

/** A shadow whose scheduled work runs when the test calls `pass`. */
async function setUp(keep: () => void = () => {}) {
  const champion = await loadTinyChampion();
  const shadows: { shadow: LoadedModel | undefined } = { shadow: await loadTinyShadow(3) };
  const metrics = createMetrics();
  const kept: NewDisagreement[] = [];
  const logged: unknown[] = [];
  const planned: { work: () => unknown; delayMs: number }[] = [];
  const add = (disagreement: NewDisagreement) => {
    keep();
    kept.push(disagreement);
    return true;
  };
  const shadowing = new Shadowing({
    shadows,
    metrics: metrics.shadow,
    feedback: { use: async (_, work) => work({ disagreements: { add } } as never) },
    log: { error: (line: unknown) => void logged.push(line) },
    schedule(work, delayMs) {
      const plan = { work, delayMs };
      planned.push(plan);
      return () => planned.splice(planned.indexOf(plan), 1);
    },
  });
  const offer = (bytes = picture(0)) => {
    const seen = new Float32Array(784).fill(0.5);
    shadowing.offer({ bytes, seen, prediction: predictFromInput(seen, bytes, champion) });
  };
  /** Runs the scheduled work. @returns its delay in ms */
  const pass = async () => {
    const { work, delayMs } = planned.shift()!;
    await work();
    return delayMs;
  };
  const count = async (name: string) => {
    const metric = metrics.registry.getSingleMetric(`digits_shadow_${name}_total`);
    const { values } = await metric!.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  };
  return { champion, shadows, shadowing, kept, logged, planned, offer, pass, count };
}

test('a picture is compared later, and stored where the two disagree', async t => {
  const { offer, pass, kept, count, shadows } = await setUp();
  offer();
  t.deepEqual(kept, []);
  await pass();
  const [{ champion, shadow, picture: bytes, seen, ...rest }] = kept as [NewDisagreement];
  t.like(champion, { digit: 7, model: { version: 'tiny-1' } });
  t.like(shadow, { digit: 3, model: { version: 'tiny-3', sha256: shadows.shadow?.sha256 } });
  t.deepEqual([bytes, seen], [picture(0), new Uint8Array(784).fill(128)]);
  t.like(rest.input, { contentType: 'image/png', byteLength: picture(0).length });
  t.deepEqual([await count('answers'), await count('disagreements')], [1, 1]);
});

test('where they agree nothing is stored', async t => {
  const { champion, offer, pass, kept, count, shadows } = await setUp();
  shadows.shadow = { ...champion, version: 'other', sha256: 'f'.repeat(64) };
  offer();
  await pass();
  t.deepEqual([kept.length, await count('answers'), await count('disagreements')], [0, 1, 0]);
});

test('pictures are processed one by one with a pause, and nothing is scheduled for an empty queue', async t => {
  const { offer, pass, kept, planned } = await setUp();
  for (const i of [1, 2, 3]) offer(picture(i));
  t.is(planned.length, 1);
  t.is(await pass(), 0);
  t.is(kept.length, 1);
  t.true((await pass()) > 0);
  await pass();
  await pass();
  t.is(kept.length, 3);
  t.deepEqual(planned, []);
});

test('pictures above the queue’s length are dropped and counted', async t => {
  const { offer, pass, planned, count, kept } = await setUp();
  for (let i = 0; i < 40; i++) offer(picture(i));
  t.is(await count('dropped'), 8);
  while (planned.length > 0) await pass();
  t.is(kept.length, 32);
  offer();
  t.is(await count('dropped'), 8);
});

test('pictures above the queue’s size in bytes are dropped and counted', async t => {
  const { offer, count } = await setUp();
  const large = Buffer.alloc(9 * 1024 * 1024);
  offer(large);
  offer(large);
  offer();
  t.is(await count('dropped'), 1);
});

test('a failure is counted, logged, and followed by a long pause', async t => {
  const { offer, pass, planned, logged, count, shadows } = await setUp();
  shadows.shadow!.model.network.layers[0]!.bias.fill(Number.NaN);
  offer();
  offer();
  await t.notThrowsAsync(pass);
  t.is(await count('failed'), 1);
  t.is(await count('answers'), 0);
  t.is(logged.length, 1);
  t.is(planned[0]?.delayMs, 10_000);
});

test('a picture that cannot be stored is counted as a failure, but not logged again', async t => {
  const full = () => {
    throw new Problem('feedback-full', 'full');
  };
  const { offer, pass, logged, count } = await setUp(full);
  offer();
  await t.notThrowsAsync(pass);
  t.deepEqual([await count('failed'), logged.length], [1, 0]);
});

test('a shadow that is promoted or removed meanwhile does not classify queued pictures', async t => {
  const { champion, offer, pass, count, shadows } = await setUp();
  offer();
  offer();
  shadows.shadow = champion;
  await pass();
  shadows.shadow = undefined;
  await pass();
  t.is(await count('answers'), 0);
});

test('without a shadow nothing is queued', async t => {
  const { offer, planned, shadowing, shadows } = await setUp();
  shadows.shadow = undefined;
  offer();
  t.deepEqual(planned, []);
  t.false(shadowing.isActive);
});

test('closing discards the queue, and nothing is queued any more', async t => {
  const { offer, planned, shadowing } = await setUp();
  offer();
  shadowing.close();
  offer();
  t.deepEqual(planned, []);
  t.false(shadowing.isActive);
});
