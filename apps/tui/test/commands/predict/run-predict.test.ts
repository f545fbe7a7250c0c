import test from 'ava';
import { mapInOrder } from '../../../src/commands/predict/run-predict.ts';

/** Collects what a generator yields. */
async function all<T>(generator: AsyncGenerator<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of generator) values.push(value);
  return values;
}

test('outcomes have the order of the jobs, in whatever order they finish', async t => {
  const jobs = new Map([2, 3, 5].map(job => [job, Promise.withResolvers<number>()]));
  const run = (job: number) => jobs.get(job)?.promise ?? Promise.resolve(0);
  const outcomes = all(mapInOrder([2, 3, 5], 3, run));
  for (const job of [5, 3, 2]) jobs.get(job)?.resolve(job * job);
  t.deepEqual(await outcomes, [4, 9, 25]);
});

test('no more jobs than allowed run at a time', async t => {
  let underWay = 0;
  let most = 0;
  await all(
    mapInOrder([...Array(29).keys()], 5, async () => {
      underWay++;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay--;
    }),
  );
  t.is(most, 5);
});

test('without jobs there are no outcomes', async t => {
  t.deepEqual(await all(mapInOrder([], 7, async () => 1)), []);
});
