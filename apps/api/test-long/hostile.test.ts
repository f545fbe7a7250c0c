// The short form of nx run api:hostile, which sends more, and sends one case again.

import test from 'ava';
import { attack } from '../checks/hostile/attack.ts';

const options = { seed: 7, cases: 3000, seconds: 20, only: undefined, settleSeconds: 0 };

test('an attack on every route finds nothing', async t => {
  t.timeout(180_000);
  const { findings, ...report } = await attack({ ...options, log: line => t.log(line) });
  t.log(report);
  t.deepEqual(findings, []);
});
