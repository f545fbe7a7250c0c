// The order, the bound and the release of what takes a part of a resource.

import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { WeightedSemaphore } from '../src/weighted-semaphore.ts';

const overloaded = { code: 'overloaded' };

/** A semaphore, and the names of the work that has begun. */
function semaphoreWithLog(capacity: number, maxWaiting: number) {
  const semaphore = new WeightedSemaphore({ capacity, maxWaiting });
  const begun: string[] = [];
  const acquire = (name: string, weight: number) =>
    semaphore.acquire(weight, () => begun.push(name));
  return { semaphore, begun, acquire };
}

test('what fits begins at once, and the rest in order as the weight is given back', t => {
  const { begun, acquire } = semaphoreWithLog(7, 20);
  const releaseA = acquire('a', 3);
  const releaseB = acquire('b', 4);
  acquire('c', 5);
  // It would fit once a is done, but c came before.
  acquire('d', 2);
  t.deepEqual(begun, ['a', 'b']);
  releaseA();
  t.deepEqual(begun, ['a', 'b']);
  releaseB();
  t.deepEqual(begun, ['a', 'b', 'c', 'd']);
});

test('what would exceed the bound of the queue is refused, and leaves the queue as it was', t => {
  const { begun, acquire } = semaphoreWithLog(5, 7);
  const release = acquire('a', 5);
  acquire('b', 3);
  t.throws(() => acquire('too heavy', 5), overloaded);
  acquire('c', 4);
  t.throws(() => acquire('too many', 1), overloaded);
  release();
  t.deepEqual(begun, ['a', 'b']);
});

test('work heavier than the capacity takes all of it', t => {
  const { begun, acquire } = semaphoreWithLog(5, 20);
  const releaseA = acquire('a', 11);
  const releaseB = acquire('b', 11);
  acquire('c', 5);
  releaseA();
  t.deepEqual(begun, ['a', 'b']);
  releaseB();
  t.deepEqual(begun, ['a', 'b', 'c']);
});

test('what leaves the queue makes space there, and a second release does nothing', t => {
  const { begun, acquire } = semaphoreWithLog(5, 5);
  const releaseA = acquire('a', 5);
  const leave = acquire('b', 5);
  leave();
  leave();
  acquire('c', 5);
  releaseA();
  releaseA();
  t.deepEqual(begun, ['a', 'c']);
  t.throws(() => {
    acquire('d', 5);
    acquire('e', 1);
  }, overloaded);
});

test('failed work gives its weight back', async t => {
  const { semaphore, begun } = semaphoreWithLog(5, 5);
  const failing = semaphore.run(5, async () => {
    await setImmediate();
    throw new TypeError('it fails');
  });
  const next = semaphore.run(5, async () => begun.push('next'));
  await t.throwsAsync(
    semaphore.run(1, async () => {}),
    overloaded,
  );
  await t.throwsAsync(failing, { instanceOf: TypeError });
  await next;
  t.deepEqual(begun, ['next']);
});

test('onIdle is called when the last work is done and none waits', t => {
  let idle = 0;
  const semaphore = new WeightedSemaphore({ capacity: 5, maxWaiting: 5, onIdle: () => idle++ });
  const releaseA = semaphore.acquire(5, () => {});
  const releaseB = semaphore.acquire(5, () => {});
  releaseA();
  t.is(idle, 0);
  releaseB();
  releaseB();
  t.is(idle, 1);
});
