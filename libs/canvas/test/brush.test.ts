import test from 'ava';
import { checkBrush, defaultBrush, inkAtDistance } from '../src/brush.ts';

test('ink falls from full to none over the last pixel', t => {
  const brush = { radius: 2 };
  t.is(inkAtDistance(brush, 0), 255);
  t.is(inkAtDistance(brush, 1.5), 255);
  t.is(inkAtDistance(brush, 2), 128);
  t.is(inkAtDistance(brush, 2.5), 0);
  t.is(inkAtDistance(brush, 100), 0);
});

test('the default brush draws lines two to three pixels thick', t => {
  const thicknessOnCentres = [-3, -2, -1, 0, 1, 2, 3]
    .map(row => inkAtDistance(defaultBrush, Math.abs(row)) / 255)
    .reduce((sum, ink) => sum + ink);
  t.true(thicknessOnCentres > 2 && thicknessOnCentres < 3);
});

for (const radius of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 28.1]) {
  test(`a radius of ${radius} is invalid`, t => {
    t.like(
      t.throws(() => checkBrush({ radius })),
      { code: 'invalid-radius' },
    );
  });
}

test('the smallest and the largest radius are valid', t => {
  t.notThrows(() => checkBrush({ radius: Number.MIN_VALUE }));
  t.notThrows(() => checkBrush({ radius: 28 }));
});
