import { createHash } from 'node:crypto';
import test from 'ava';
import { decode } from 'fast-png';
import { evaluateLogits } from '../../src/evaluation/metrics/evaluation.ts';
import { renderTrainingCurves } from '../../src/report/charts/training-curves.ts';
import { renderReport } from '../../src/report/report.ts';
import { factName, factText } from '../../src/report/tables/facts.ts';
import { input, measuredSets } from './report-input.ts';

const page = await renderReport(input);

/** Number of occurrences of a text in the page. */
function occurrences(piece: string, text = page): number {
  return text.split(piece).length - 1;
}

test('the page is a complete document with the version as its title', t => {
  t.regex(page, /^<!doctype html>\n<html lang="en">/);
  t.regex(page, /<\/html>\n$/);
  t.true(page.includes('<title>tiny-1-0123abcd</title>'));
  t.true(page.includes('<h1>tiny-1-0123abcd</h1>'));
});

test('the page loads nothing, and its policy forbids it', t => {
  t.is(page.match(/<(script|link|iframe|object|base)\b/g), null);
  t.is(page.match(/(url\(|@import)/g), null);
  for (const [, address] of page.matchAll(/\b(?:src|href|srcset|xlink:href)="([^"]*)"/g)) {
    t.regex(address!, /^data:image\/png;base64,/);
  }
  t.true(page.includes(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`));
});

test('the page has every figure and every plot', t => {
  t.true(page.includes('<dd>80.00 %<small>95 % interval'));
  t.is(occurrences('<svg'), 3 + 2 + 4, 'curves, confusions, reliability before and after');
  t.is(occurrences('class="filter"'), 5);
  t.is(occurrences('class="ink"'), 1);
  t.true(page.includes('predicted <b class="wrong">shirt</b> with 87.5 %'));
  t.true(page.includes('actual <b>bag</b> <small>#2</small>'));
  t.true(page.includes('3 epochs in 2 phases'));
  t.true(page.includes('<dt>layers</dt><dd>49-5-3</dd>'));
});

test('plots use the colours of the page, for light and dark', t => {
  const drawings = page.match(/<svg.*?<\/svg>/gs)!;
  for (const drawing of drawings) {
    t.regex(drawing, /var\(--first\)/);
    t.is(drawing.match(/(fill|stroke)="#/g), null);
  }
});

test('a mistake is shown in black with its ink as alpha', t => {
  const [, data] = page.match(/class="ink" src="data:image\/png;base64,([^"]*)"/)!;
  const { width, height, channels, data: pixels } = decode(Buffer.from(data!, 'base64'));
  t.deepEqual({ width, height, channels }, { width: 7, height: 7, channels: 4 });
  t.deepEqual([...pixels.subarray(4 * 10, 4 * 11)], [0, 0, 0, 50]);
});

test('hostile text is escaped everywhere', async t => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='1'>`;
  const evaluation = evaluateLogits(Float32Array.of(1, 0, 1, 0), Uint8Array.of(0, 1), {
    temperature: 1,
    classes: [hostile, 'other'],
  });
  const attacked = await renderReport({
    ...input,
    title: hostile,
    description: { [hostile]: { [hostile]: hostile } },
    evaluations: [{ name: hostile, evaluation }],
    mistakes: [{ ...input.mistakes[0]!, predicted: 0, actual: 1 }],
  });
  t.is(occurrences('<script', attacked), 0);
  t.is(occurrences('<img src=x', attacked), 0);
  t.is(occurrences("onerror='", attacked), 0);
  t.true(occurrences('&lt;script&gt;alert(1)', attacked) > 6);
});

test('a report without history, mistakes or outliers leaves out those sections', async t => {
  const { measurements, worst } = measuredSets('pens');
  const bare = await renderReport({
    ...input,
    history: [],
    mistakes: [],
    sets: { measurements: { ...measurements, refusal: null }, worst: worst.slice(0, 2) },
  });
  t.true(bare.includes('<h2>All sets</h2>'));
  t.false(bare.includes('<h2>Outliers</h2>'));
  t.false(bare.includes('<h2>Worst mistakes of every set</h2>'));
  t.false(bare.includes('<h2>Training</h2>'));
  t.false(bare.includes('<h2>Worst mistakes</h2>'));
  t.is(occurrences('<svg', bare), 2 + 4);
});

test('the learning rate is drawn as a step where a phase ends', async t => {
  const [first] = input.history;
  const epoch = (phase: number, learningRate: number) => ({ ...first!, phase, learningRate });
  const { markup } = await renderTrainingCurves([epoch(1, 0.1), epoch(1, 0.1), epoch(2, 0.03)]);
  const [, , rates] = markup.split('<svg').slice(1);
  const [, line = ''] = /class="mark-line[^>]*>.*? d="(M[^"]+)"/s.exec(rates!) ?? [];
  const corners = line
    .split(/[ML]/)
    .slice(1)
    .map(point => point.split(',').map(Number));
  t.is(corners.length, 5);
  t.is(corners[2]![0], corners[3]![0]);
  t.not(corners[2]![1], corners[3]![1]);
});

const options: readonly [text: string, described: string][] = [
  ['0.5', '0.5'],
  ['null', 'none'],
  ['champion-1, SHA-256 0123', 'champion-1, SHA-256 0123'],
  ['{"decay":0.99}', 'decay 0.99'],
  [
    '{"batchSize":64,"schedule":{"type":"cosine","finalFraction":0}}',
    'batch size 64, schedule cosine (final fraction 0)',
  ],
  ['{"type":"sgd","nesterov":false}', 'sgd, no nesterov'],
  ['{"elastic":{"sigma":5,"alpha":36}}', 'elastic (sigma 5, alpha 36)'],
  ['{"a":{"b":{"c":{"d":1}}}}', '{"a":{"b":{"c":{"d":1}}}}'],
  ['{"a":[1,2.5]}', 'a 1 2.5'],
  ['{"a":["b"]}', '{"a":["b"]}'],
  ['{not JSON', '{not JSON'],
];

test('options are described in words, and what is none stays as it is', t => {
  for (const [text, described] of options) t.is(factText(text), described);
  t.is(factName('labelSmoothing'), 'label smoothing');
  t.is(factName('myPens.jsonl'), 'myPens.jsonl');
});

test('a single epoch with a loss of 0 is drawn, and all sets have their sections', async t => {
  const epoch = { ...input.history[0]!, loss: 0 };
  const short = await renderReport({ ...input, history: [epoch], sets: measuredSets('pens') });
  for (const heading of ['All sets', 'Outliers', 'Worst mistakes of every set']) {
    t.true(short.includes(`<h2>${heading}</h2>`), heading);
  }
  t.true(short.includes('1 epoch in one phase.'));
  t.false(short.includes('NaN'));
});

test('the same input gives the same page', async t => {
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  t.is(digest(await renderReport(input)), digest(page));
});

test('a first layer whose inputs are not a square image is a RangeError', async t => {
  const firstLayer = { weight: new Float32Array(10), inputs: 5, outputs: 2 };
  await t.throwsAsync(renderReport({ ...input, firstLayer }), { instanceOf: RangeError });
});
