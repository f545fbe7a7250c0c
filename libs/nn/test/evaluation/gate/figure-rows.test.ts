import type { GateVerdict } from '@digits/protocol';
import test from 'ava';
import { figureRows, type MeasuredModel } from '../../../src/evaluation/gate/figure-rows.ts';
import { refusalOf, resultOf } from './set-results.ts';

interface Figures {
  /** of 10,000 test images */
  readonly refused?: number;
  /** of 2,500 outliers */
  readonly outliersRefused?: number;
  /** the lowest score of a digit; those of outliers range from 0 to 1 */
  readonly low?: number;
  readonly calibrationError?: number;
  readonly latencyMs?: number;
  readonly bytes?: number;
}

function measuredModel(figures: Figures = {}): MeasuredModel {
  const { refused = 100, outliersRefused = 2000, low = 0.8 } = figures;
  const { calibrationError = 0.01, latencyMs = 0.3, bytes = 1 << 20 } = figures;
  return {
    results: [
      { ...resultOf('test', 10_000), refusal: refusalOf(10_000, low, refused), calibrationError },
      { ...resultOf('no-digits', 2500), refusal: refusalOf(2500, 0, outliersRefused) },
    ],
    latencyMs,
    bytes,
    weights: bytes / 4,
  };
}

const cases: readonly [title: string, name: string, Figures, GateVerdict, matters: boolean][] = [
  ['a point more digits refused', 'digits refused', { refused: 200 }, 'same', true],
  ['more than that', 'digits refused', { refused: 201 }, 'worse', true],
  ['a point fewer digits refused', 'digits refused', { refused: 0 }, 'same', true],
  [
    'two points fewer no-digits refused',
    'no-digits refused',
    { outliersRefused: 1950 },
    'same',
    true,
  ],
  ['more than that', 'no-digits refused', { outliersRefused: 1949 }, 'worse', true],
  ['far more no-digits refused', 'no-digits refused', { outliersRefused: 2400 }, 'better', true],
  ['scores that separate less', 'digits told from no-digits', { low: 0.5 }, 'worse', true],
  ['scores that separate more', 'digits told from no-digits', { low: 0.95 }, 'better', true],
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
  ['twice as slow, and fast enough', 'one picture', { latencyMs: 0.6 }, 'worse', false],
  ['too slow', 'one picture', { latencyMs: 2.1 }, 'worse', true],
  ['twice as fast', 'one picture', { latencyMs: 0.15 }, 'better', false],
  ['twice as large, and small enough', 'model file', { bytes: 2 << 20 }, 'worse', false],
  ['too large', 'model file', { bytes: 33 << 20 }, 'worse', true],
];

for (const [title, name, figures, verdict, matters] of cases) {
  test(`${title}, ${name}: ${verdict}${matters ? '' : ', which does not matter'}`, t => {
    const rows = figureRows(measuredModel(), measuredModel(figures));
    t.like(
      rows.find(row => row.name === name),
      { verdict, matters },
    );
    const others = rows.filter(row => row.name !== name && row.name !== 'weights');
    t.true(others.every(row => row.verdict === 'same'));
  });
}

test('more weights alone do not stop a promotion', t => {
  const rows = figureRows(measuredModel(), { ...measuredModel(), weights: 1e9 });
  t.like(
    rows.find(({ name }) => name === 'weights'),
    { verdict: 'worse', matters: false },
  );
});

test('a small set has a larger tolerance', t => {
  const of = (count: number, refused: number): MeasuredModel => ({
    ...measuredModel(),
    results: [{ ...resultOf('test', count), refusal: refusalOf(count, 0, refused) }],
  });
  t.is(figureRows(of(100, 0), of(100, 9))[0]!.verdict, 'same');
  t.is(figureRows(of(10_000, 0), of(10_000, 900))[0]!.verdict, 'worse');
});

test('a figure without images to measure it on has no row', t => {
  const bare = { ...measuredModel(), results: [] };
  t.deepEqual(
    figureRows(bare, bare).map(({ name }) => name),
    ['one picture', 'weights', 'model file'],
  );
});

test('without a champion every figure has a row, and none stops a promotion', t => {
  const rows = figureRows(null, measuredModel({ bytes: 33 << 20 }));
  t.is(rows.length, 7);
  t.true(rows.every(row => row.champion === null && row.verdict === 'same' && !row.matters));
});
