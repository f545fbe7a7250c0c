// The learning rate at points of each schedule.

import type { Schedule } from '@digits/protocol';
import test from 'ava';
import { learningRateAt } from '../../src/training/schedule.ts';

const close = (actual: number, expected: number) => Math.abs(actual - expected) < 1e-12;

const cases: [schedule: Schedule, progress: number, expected: number][] = [
  [{ type: 'constant' }, 0, 2],
  [{ type: 'constant' }, 0.99, 2],
  [{ type: 'step', factor: 0.5, parts: 3 }, 0, 2],
  [{ type: 'step', factor: 0.5, parts: 3 }, 0.34, 1],
  [{ type: 'step', factor: 0.5, parts: 3 }, 0.99, 0.5],
  [{ type: 'cosine', finalFraction: 0.1 }, 0, 2],
  [{ type: 'cosine', finalFraction: 0.1 }, 0.5, 1.1],
  [{ type: 'cosine', finalFraction: 0.1 }, 1, 0.2],
  [{ type: 'one-cycle', startFraction: 0.1, warmUpFraction: 0.2, finalFraction: 0 }, 0, 0.2],
  [{ type: 'one-cycle', startFraction: 0.1, warmUpFraction: 0.2, finalFraction: 0 }, 0.1, 1.1],
  [{ type: 'one-cycle', startFraction: 0.1, warmUpFraction: 0.2, finalFraction: 0 }, 0.2, 2],
  [{ type: 'one-cycle', startFraction: 0.1, warmUpFraction: 0.2, finalFraction: 0 }, 0.6, 1],
  [{ type: 'one-cycle', startFraction: 0, warmUpFraction: 0, finalFraction: 0 }, 0, 2],
];

for (const [schedule, progress, expected] of cases) {
  test(`${JSON.stringify(schedule)} gives ${expected} of 2 at ${progress}`, t => {
    t.true(close(learningRateAt(2, schedule, progress), expected));
  });
}
