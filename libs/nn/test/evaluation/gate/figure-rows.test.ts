import test from 'ava';
import { figureRows, type MeasuredModel } from '../../../src/evaluation/gate/figure-rows.ts';
import type { RowComparison } from '../../../src/evaluation/gate/gate-row.ts';
import { judgedOf, readingOf } from './set-results.ts';

interface Figures {
  /** of 10,000 test images */
  readonly refused?: number;
  /** of 2,500 pictures of no digit */
  readonly noDigitsRefused?: number;
  /** where the scores of digits begin; those of no digits reach from 0 to 1 */
  readonly low?: number;
  readonly calibrationError?: number;
  readonly milliseconds?: number;
  readonly bytes?: number;
}

function contender(figures: Figures = {}): MeasuredModel {
  const { refused = 100, noDigitsRefused = 2000, low = 0.8 } = figures;
  const { calibrationError = 0.01, milliseconds = 0.3, bytes = 1 << 20 } = figures;
  return {
    readings: [
      { ...readingOf('test', 10_000), refusal: judgedOf(10_000, low, refused), calibrationError },
      { ...readingOf('no-digits', 2500), refusal: judgedOf(2500, 0, noDigitsRefused) },
    ],
    milliseconds,
    bytes,
    weights: bytes / 4,
  };
}

const cases: readonly [title: string, name: string, Figures, RowComparison, matters: boolean][] = [
  ['a point more digits refused', 'digits refused', { refused: 200 }, 'same', true],
  ['more than that', 'digits refused', { refused: 201 }, 'worse', true],
  ['a point fewer digits refused', 'digits refused', { refused: 0 }, 'same', true],
  [
    'two points fewer no-digits refused',
    'no-digits refused',
    { noDigitsRefused: 1950 },
    'same',
    true,
  ],
  ['more than that', 'no-digits refused', { noDigitsRefused: 1949 }, 'worse', true],
  ['far more no-digits refused', 'no-digits refused', { noDigitsRefused: 2400 }, 'better', true],
  ['scores that tell less', 'digits told from no-digits', { low: 0.5 }, 'worse', true],
  ['scores that tell more', 'digits told from no-digits', { low: 0.95 }, 'better', true],
  [
    'a quarter of a point of calibration',
    'calibration error, test images',
    { calibrationError: 0.0125 },
    'same',
    true,
  ],
  [
    'half a point of calibration',
    'calibration error, test images',
    { calibrationError: 0.015 },
    'worse',
    true,
  ],
  ['twice as slow, and fast enough', 'one picture', { milliseconds: 0.6 }, 'worse', false],
  ['too slow', 'one picture', { milliseconds: 2.1 }, 'worse', true],
  ['twice as fast', 'one picture', { milliseconds: 0.15 }, 'better', false],
  ['twice as large, and small enough', 'model file', { bytes: 2 << 20 }, 'worse', false],
  ['too large', 'model file', { bytes: 33 << 20 }, 'worse', true],
];

for (const [title, name, figures, verdict, matters] of cases) {
  test(`${title}, ${name}: ${verdict}${matters ? '' : ', which does not matter'}`, t => {
    const rows = figureRows(contender(), contender(figures));
    t.like(
      rows.find(row => row.name === name),
      { verdict, matters },
    );
    const others = rows.filter(row => row.name !== name && row.name !== 'weights');
    t.true(others.every(row => row.verdict === 'same'));
  });
}

test('more weights alone stop nobody', t => {
  const rows = figureRows(contender(), { ...contender(), weights: 1e9 });
  t.like(
    rows.find(({ name }) => name === 'weights'),
    { verdict: 'worse', matters: false },
  );
});

test('a small set is given more room, for it says less', t => {
  const of = (count: number, refused: number): MeasuredModel => ({
    ...contender(),
    readings: [{ ...readingOf('test', count), refusal: judgedOf(count, 0, refused) }],
  });
  t.is(figureRows(of(100, 0), of(100, 9))[0]!.verdict, 'same');
  t.is(figureRows(of(10_000, 0), of(10_000, 900))[0]!.verdict, 'worse');
});

test('what there is nothing to measure on has no row', t => {
  const bare = { ...contender(), readings: [] };
  t.deepEqual(
    figureRows(bare, bare).map(({ name }) => name),
    ['one picture', 'weights', 'model file'],
  );
});

test('without a champion every figure is told, and none stops', t => {
  const rows = figureRows(null, contender({ bytes: 33 << 20 }));
  t.is(rows.length, 7);
  t.true(rows.every(row => row.champion === null && row.verdict === 'same' && !row.matters));
});
