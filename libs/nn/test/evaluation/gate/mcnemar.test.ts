import test from 'ava';
import { holm, mcNemar } from '../../../src/evaluation/gate/mcnemar.ts';

// By whole-number arithmetic: 2 · Σ C(n, k) / 2ⁿ over k up to the fewer of the two.
for (const [gained, lost, p] of [
  [0, 0, 1],
  [1, 0, 1],
  [3, 3, 1],
  [0, 5, 0.0625],
  [0, 6, 0.03125],
  [2, 11, 0.0224609375],
  [7, 19, 0.02896],
  [53, 72, 0.107],
] as const) {
  test(`${gained} gained and ${lost} lost give p = ${p}, in either direction`, t => {
    t.true(Math.abs(mcNemar(gained, lost) - p) < 5e-5, `${mcNemar(gained, lost)}`);
    t.is(mcNemar(lost, gained), mcNemar(gained, lost));
  });
}

test('thousands of images neither overflow nor underflow', t => {
  t.is(mcNemar(5000, 5000), 1);
  const p = mcNemar(4800, 5200);
  t.true(p > 6e-5 && p < 7e-5, `${p}`);
  t.is(mcNemar(0, 10_000), 0);
});

test('of several p-values the smallest is multiplied by their number, the next by one less', t => {
  const adjusted = holm([0.04, 0.01, 0.03]).map(p => Number(p.toFixed(12)));
  t.deepEqual(adjusted, [0.06, 0.03, 0.06]);
});

test('a corrected p-value is at most 1, and an empty list stays empty', t => {
  t.deepEqual(holm([0.6, 0.7]), [1, 1]);
  t.deepEqual(holm([]), []);
  t.deepEqual(holm([0.05]), [0.05]);
});
