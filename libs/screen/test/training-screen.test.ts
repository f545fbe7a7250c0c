// The training screen: what each event changes, and the rows that it is drawn as.

import type { BatchEvent, TrainingEvent } from '@digits/protocol';
import test from 'ava';
import {
  type Style,
  startTrainingView,
  type TrainingView,
  trainingScreenRows,
  withPause,
  withTrainingEvent,
} from '../src/index.ts';

const position = { phase: 1, phases: 2, epoch: 1, epochs: 2 };

const batch = (changes: Partial<BatchEvent> = {}): BatchEvent => ({
  type: 'batch',
  ...position,
  ...{ batch: 1, batches: 4, images: 50, loss: 2 },
  ...changes,
});

const measured = { count: 100, correct: 83, accuracy: 0.83, loss: 0.5 };

const confusions = Array.from({ length: 10 }, (_, actual) =>
  Array.from({ length: 10 }, (_, predicted) =>
    actual === predicted ? 9 : predicted === 3 ? 2 : 0,
  ),
);

/** A picture whose left half is inked. */
const halfInked = Buffer.from(
  Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 255 : 0)),
).toString('base64');

/** Twelve units; the upper half of each is positive, the lower half negative. */
const weights = Buffer.from(
  Int8Array.from({ length: 12 * 784 }, (_, i) => (i % 784 < 392 ? 127 : -127)).buffer,
).toString('base64');

const events: readonly TrainingEvent[] = [
  { type: 'synthesis', step: 'images', done: 100, of: 100 },
  batch(),
  batch({ batch: 2, loss: 1.5 }),
  batch({ batch: 4, loss: 0.5 }),
  { type: 'filters', step: 3, units: 12, side: 28, weights },
  {
    type: 'probe',
    step: 3,
    answers: [{ picture: 'a/one.png', digit: 1, probabilities: tenth(1) }],
  },
  { type: 'epoch', ...position, loss: 1, learningRate: 0.1, validation: measured },
  {
    type: 'mistakes',
    ...position,
    confusions,
    count: 18,
    examples: [{ index: 5, actual: 7, predicted: 1, confidence: 0.9, pixels: halfInked }],
  },
];

function tenth(digit: number): number[] {
  return Array.from({ length: 10 }, (_, i) => (i === digit ? 0.91 : 0.01));
}

function viewAfter(all: readonly TrainingEvent[], start = startTrainingView('784-64-10', [2, 6])) {
  return all.reduce<TrainingView>(
    (view, event, index) => withTrainingEvent(view, event, 1000 * index),
    start,
  );
}

const plain: Style = { colours: 'none', theme: 'dark', glyphs: 'unicode' };

function rowsOf(view: TrainingView, columns: number, rows: number, style = plain): string[] {
  const options = { keys: 'p pause', showsMistakes: false };
  return trainingScreenRows(view, options, { columns, rows }, style);
}

test('the completed fraction counts the epochs of all phases, or the phases alike', t => {
  const last = batch({ batch: 4, epoch: 2 });
  t.is(viewAfter([last]).fraction, 2 / 8);
  t.is(viewAfter([last], startTrainingView('', [])).fraction, 1 / 2);
  t.is(viewAfter([batch({ phase: 2, epoch: 3, epochs: 6 })]).fraction, (2 + 2 + 1 / 4) / 8);
});

test('throughput and remaining time count from the first batch on', t => {
  const [, progress] = rowsOf(viewAfter(events.slice(0, 4)), 100, 24);
  // Two batches in two seconds after the first; 3/32 of the run in them, 28/32 left.
  t.regex(progress!, /12 % {2}0:19 left {2}phase 1\/2 epoch 1\/2 {2}50 images\/s/);
});

for (const [columns, rows] of [
  [80, 24],
  [119, 40],
  [120, 40],
  [200, 60],
] as const) {
  test(`every row fills a window of ${columns}×${rows} exactly, before and after the first epoch`, t => {
    for (const view of [startTrainingView('784-64-10'), viewAfter(events)]) {
      const screen = rowsOf(view, columns, rows);
      t.is(screen.length, rows);
      t.deepEqual([...new Set(screen.map(({ length }) => length))], [columns]);
    }
  });
}

test('the screen shows loss, accuracy, filters, confusions, answers and mistakes', t => {
  const text = rowsOf(viewAfter(events), 120, 40).join('\n');
  for (const part of [
    ...['Loss 0.5000', 'Validation accuracy 83.00 %', 'First layer: weights'],
    ...['Mistakes that remain: 18', '7→1', 'Predicted (across) of actual', 'one.png 1 (91.0 %)'],
  ]) {
    t.true(text.includes(part), part);
  }
  t.regex(text, / 4 {3}· {2}· {2}· {2}2 82 {2}·/);
  // The curves are in braille.
  t.regex(text, /2\.00 .*[\u2801-\u28ff]/);
});

test('a loss of any size leaves the width of the screen', t => {
  for (const [loss, label] of [
    [999.99, '999.99'],
    [16365.57, '16366'],
    [1234567, '1e+6'],
    [1e300, '1e+300'],
    [Number.NaN, '0.10'],
    [Number.POSITIVE_INFINITY, '0.10'],
  ] as const) {
    const screen = rowsOf(viewAfter([batch({ loss })]), 80, 24);
    t.deepEqual([...new Set(screen.map(({ length }) => length))], [80], label);
    t.true(
      screen.join('\n').includes(` ${label} `) || screen.join('\n').includes(`│${label} `),
      label,
    );
  }
});

test('the confusions name their units, and their numbers never touch', t => {
  const crowded: number[][] = confusions.map((row, actual) =>
    row.map((_, predicted) => (predicted === actual ? 400 : predicted === 9 ? 1 : 150)),
  );
  crowded[1] = Array.from({ length: 10 }, (_, predicted) => (predicted === 1 ? 999 : 0));
  const event = { ...events.at(-1), confusions: crowded } as TrainingEvent;
  for (const [columns, cell] of [
    [80, '++'],
    [200, '150'],
  ] as const) {
    const text = rowsOf(viewAfter([event]), columns, 60).join('\n');
    t.true(text.includes('diagonal: % right; else: images'));
    t.regex(text, new RegExp(` 0 +25( +${cell.replaceAll('+', '\\+')}){8} +1 `));
    t.regex(text, / 1 +· *100( +·){8} /);
  }
});

test('of more classes than fit, the most frequent confusions are listed', t => {
  const many = Array.from({ length: 47 }, (_, actual) =>
    Array.from({ length: 47 }, (_, predicted) => Number(actual === predicted)),
  );
  many[22]![31] = 5;
  many[7]![1] = 8;
  const event = { ...events.at(-1), confusions: many } as TrainingEvent;
  const screen = rowsOf(viewAfter([event]), 120, 40);
  t.deepEqual([...new Set(screen.map(({ length }) => length))], [120]);
  t.regex(screen.join('\n'), /7 taken for 1: 8.*22 taken for 31: 5/s);
});

test('a pause and the end are named', t => {
  const view = viewAfter(events);
  t.regex(rowsOf(withPause(view, true), 80, 24)[0]!, /paused$/);
  const done = viewAfter([{ type: 'unsaved', test: measured, validation: measured }], view);
  const [title = '', progress = ''] = rowsOf(done, 80, 24);
  t.regex(title, /done$/);
  t.notRegex(progress, /left|images\/s/);
});

test('a narrow window shows filters or mistakes', t => {
  const view = viewAfter(events);
  const shown = (showsMistakes: boolean) =>
    trainingScreenRows(view, { keys: '', showsMistakes }, { columns: 80, rows: 24 }, plain).join(
      '',
    );
  t.true(shown(false).includes('First layer') && !shown(false).includes('that remain'));
  t.true(shown(true).includes('that remain') && !shown(true).includes('First layer'));
});

test('filters are blue where positive and orange where negative', t => {
  const text = rowsOf(viewAfter(events), 80, 24, { ...plain, colours: 'full' }).join('');
  t.true(text.includes('[38;2;56;189;248m'));
  t.true(text.includes('[38;2;251;113;60m'));
});

test('with ASCII there is no other character', t => {
  const ascii = rowsOf(viewAfter(events), 120, 40, { ...plain, glyphs: 'ascii' });
  t.regex(ascii.join(''), /^\p{ASCII}*$/u);
  t.true(ascii.join('').includes('*'));
});
