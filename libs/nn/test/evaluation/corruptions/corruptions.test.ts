// Properties of every corruption.

import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { side } from '../../../src/evaluation/corruptions/corruption.ts';
import { corruptions } from '../../../src/evaluation/corruptions/corruptions.ts';
import { readSeven } from './draw.ts';

const seven = await readSeven();

test('thirteen of the fifteen corruptions of MNIST-C are implemented', t => {
  t.is(Object.keys(corruptions).length, 13);
});

for (const [name, corrupt] of Object.entries(corruptions)) {
  test(`${name} changes the image and leaves its argument unchanged`, t => {
    const given = seven.slice();
    const spoilt = corrupt(given, new Random(7));
    t.is(spoilt.length, side * side);
    t.notDeepEqual(spoilt, seven);
    t.deepEqual(given, seven);
  });

  test(`${name} is the same for the same seed`, t => {
    t.deepEqual(corrupt(seven, new Random(11, 3)), corrupt(seven, new Random(11, 3)));
  });
}

for (const name of Object.keys(corruptions).filter(
  one => !['scale', 'brightness', 'stripe'].includes(one),
)) {
  test(`${name} differs from seed to seed`, t => {
    const variants = [1, 2, 3, 4, 5, 6, 7].map(seed =>
      corruptions[name]!(seven, new Random(seed)).toString(),
    );
    t.true(new Set(variants).size > 1);
  });
}
