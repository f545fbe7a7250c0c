import test from 'ava';
import { Random } from '../../src/engine/random.ts';

test('the same seed gives the same numbers, another seed others', t => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        random => () =>
          random.uint32()
      )(new Random(seed)),
    );
  t.deepEqual(draw(7), draw(7));
  t.notDeepEqual(draw(7), draw(8));
});

test('several seeds name a stream, and their order matters', t => {
  const first = (...seeds: number[]) => new Random(...seeds).uint32();
  t.is(first(1, 2, 3), first(1, 2, 3));
  t.is(new Set([first(1, 2), first(2, 1), first(1, 2, 0), first(3), first(0, 3)]).size, 5);
});

test('uniform numbers fill [0, 1) evenly', t => {
  const random = new Random(1);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(10 * random.uniform())]!++;
  for (const count of counts) t.true(Math.abs(count - 1000) < 150, `${counts}`);
});

test('normal numbers have mean 0 and variance 1', t => {
  const random = new Random(1);
  const values = Array.from({ length: 20_000 }, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  t.true(Math.abs(mean) < 0.03, `mean ${mean}`);
  t.true(Math.abs(variance - 1) < 0.05, `variance ${variance}`);
});

test('shuffling keeps every value once and changes the order', t => {
  const values = Uint32Array.from({ length: 101 }, (_, i) => i);
  new Random(3).shuffle(values);
  t.notDeepEqual(
    [...values],
    [...values].sort((a, b) => a - b),
  );
  t.is(new Set(values).size, 101);
});
