// The rows of figures, the significance of differences between models, and the outcome of the gate.

import type { GateVerdict } from '@digits/protocol';
import test from 'ava';
import { figureRows, type MeasuredModel } from '../../../src/evaluation/gate/figure-rows.ts';
import type { GateRow } from '../../../src/evaluation/gate/gate-row.ts';
import { holm, mcNemar } from '../../../src/evaluation/gate/mcnemar.ts';
import { explainOutcome, figuresOf } from '../../../src/evaluation/gate/outcome.ts';
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
    'two points fewer outliers refused',
    'outliers refused',
    { outliersRefused: 1950 },
    'same',
    true,
  ],
  ['more than that', 'outliers refused', { outliersRefused: 1949 }, 'worse', true],
  ['far more outliers refused', 'outliers refused', { outliersRefused: 2400 }, 'better', true],
  ['scores that separate less', 'digits told apart from outliers', { low: 0.5 }, 'worse', true],
  ['scores that separate more', 'digits told apart from outliers', { low: 0.95 }, 'better', true],
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

function rowWith(name: string, verdict: GateVerdict, matters = true): GateRow {
  const figures = { champion: 99.123456789, challenger: 99, unit: '%' } as const;
  return { name, group: 'test', ...figures, verdict, matters, why: '' };
}

test('a row that matters and is worse stops the promotion and is named', t => {
  const rows = [
    rowWith('zigzag', 'better'),
    rowWith('test images', 'worse'),
    rowWith('speed', 'worse', false),
  ];
  t.deepEqual(explainOutcome(rows), { passes: false, why: 'worse on test images' });
});

test('a row that does not matter may be worse, and better rows are named', t => {
  const rows = [
    rowWith('corrections', 'better'),
    rowWith('test images', 'same'),
    rowWith('speed', 'worse', false),
  ];
  t.deepEqual(explainOutcome(rows), {
    passes: true,
    why: 'nothing that matters is worse; better: corrections',
  });
});

test('the history gets every figure by its name, with six digits', t => {
  t.deepEqual(
    figuresOf([rowWith('test images', 'same'), { ...rowWith('none', 'same'), champion: null }]),
    {
      'test images': { champion: 99.1235, challenger: 99, unit: '%' },
      none: { champion: null, challenger: 99, unit: '%' },
    },
  );
});
