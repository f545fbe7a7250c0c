// The pages and sections of reports, and the markup that they are made of.

import test from 'ava';
import { html, trustedMarkup } from '../../src/report/page/html.ts';
import { type DrawnRun, maxDrawnRuns, renderRunsPage } from '../../src/report/runs-page.ts';
import { renderRefusal, renderSetTable, renderWorstOfSets } from '../../src/report/set-sections.ts';
import { renderSuspectLabelsPage } from '../../src/report/suspect-labels-page.ts';
import { input, measuredSets } from './report-input.ts';

test('text is escaped in content and attributes', t => {
  const text = `<script>alert("1" & '2')</script>`;
  t.is(
    html`<p title="${text}">${text}</p>`.markup,
    '<p title="&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;">' +
      '&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</p>',
  );
});

test('markup is inserted unescaped, one piece or several', t => {
  const items = ['a', '<b>'].map(text => html`<li>${text}</li>`);
  t.is(html`<ul>${items}</ul>`.markup, '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  t.is(html`${trustedMarkup('<hr>')}`.markup, '<hr>');
});

test('numbers are written out, an empty list adds nothing', t => {
  t.is(html`${7}${[]}`.markup, '7');
});

const run: DrawnRun = {
  version: 'tiny-1-0123abcd',
  layers: '49-5-3',
  profile: 'tiny',
  validation: { accuracy: 0.8, set: 'MNIST validation images' },
  samples: 'MNIST validation images and 7 others',
  test: null,
  isChampion: true,
  isFinished: true,
  history: input.history,
};

test('runs are listed in a table, and their curves share the charts', async t => {
  const page = await renderRunsPage([
    run,
    { ...run, version: 'tiny-2-4567cdef', isChampion: false },
  ]);
  t.is(page.split('<svg').length - 1, 3);
  t.true(page.includes('<td>champion</td>'));
  t.is(page.match(/<(script|link|iframe|object|base)\b/g), null);
  t.false(page.includes('NaN'));
});

test('curves on different validation samples are drawn apart, and each figure names its set', async t => {
  const other = 'MNIST validation images and 11 others';
  const page = await renderRunsPage([run, { ...run, version: 'tiny-2-4567cdef', samples: other }]);
  t.is(page.split('<svg').length - 1, 6);
  t.true(page.includes('80.00 %<br><small>MNIST validation images</small>'));
  t.true(page.includes(`<h2>Curves on ${other}</h2>`));
});

test('of too many runs the first are drawn, and all are in the table', async t => {
  const runs = Array.from({ length: maxDrawnRuns + 1 }, (_, i) => ({
    ...run,
    version: `tiny-${i}`,
  }));
  const page = await renderRunsPage(runs);
  t.true(page.includes(`of ${maxDrawnRuns} trainings`));
  t.is(page.split('<th scope="row">').length - 1, maxDrawnRuns + 1);
});

test('runs without a curve are only in the table', async t => {
  const page = await renderRunsPage([
    { ...run, history: [], isChampion: false, isFinished: false },
  ]);
  t.is(page.split('<svg').length - 1, 0);
  t.true(page.includes('<td>unfinished</td>'));
});

test('hostile names of runs are escaped', async t => {
  const page = await renderRunsPage([{ ...run, version: '"><script>alert(1)</script>' }]);
  t.false(page.includes('<script'));
});

const names = input.evaluations[0].evaluation.classes.map(({ name }) => name);
const { measurements, worst } = measuredSets('pens, app’s brush');
const table = renderSetTable(measurements).markup;
const refusal = renderRefusal(measurements.refusal!).markup;

/** The text of a table's row without its markup. */
function rowOf(section: string, name: string): string {
  const row = section.match(new RegExp(`<tr[^>]*><th scope="row">${name}</th>.*?</tr>`))![0];
  return row
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

test('every set is in the table, under the title of its group', t => {
  t.is(rowOf(table, 'shot noise'), 'shot noise 5 – 80.00 % 37.55–96.38 % 41.44 % 40.00 %');
  t.is(rowOf(table, 'pens, app’s brush').split(' ').at(4), '7', 'writers');
  t.regex(table, /scope="rowgroup" colspan="7">Digits drawn by held-out writers</);
});

test('a group of several sets has a row for the whole group', t => {
  t.is(rowOf(table, 'all 2 together'), 'all 2 together 10 – 80.00 % – 1.23 % –');
});

test('a set of outliers has its areas, its refused fractions and the reasons', t => {
  const row = 'letters 5 3 40.00 % 0.9375 0.9375 0.9375 43.75 % 43.75 % 43.75 %';
  t.is(rowOf(refusal, 'letters'), row);
  t.regex(refusal, /1 as not a digit, 1 as uncertain, 0 as blank/);
  t.regex(refusal, /against the 1,234 digits of 2 sets/);
});

test('the worst mistakes of every set but the test images are shown', t => {
  const { markup } = renderWorstOfSets(worst, names);
  t.is(markup.split('class="ink"').length - 1, 2);
  t.true(markup.includes('<h3>pens, app’s brush</h3>'));
  t.true(markup.includes('actual <b>outlier</b> <small>#13</small>'));
  t.false(markup.includes('<h3>test images</h3>'), 'they have their own section');
  t.false(markup.includes('<h3>shear</h3>'), 'it has no mistakes');
  t.is(renderWorstOfSets(worst.slice(0, 2), names).markup, '');
});

test('hostile names of sets are escaped', t => {
  const attack = measuredSets('<script>alert(1)</script>');
  for (const { markup } of [
    renderSetTable(attack.measurements),
    renderWorstOfSets(attack.worst, names),
  ]) {
    t.false(markup.includes('<script'));
    t.is(markup.split('&lt;script&gt;alert(1)').length - 1, 1);
  }
});

test('the refusal of a model without thresholds has no decisions', t => {
  const [set] = measurements.refusal!.sets;
  const { markup } = renderRefusal({
    ...measurements.refusal!,
    sets: [{ ...set!, verdicts: null }],
  });
  t.true(markup.includes('The model has no thresholds.'));
});

const suspect = {
  id: 'id-7',
  label: 7,
  why: 'unlike',
  predicted: 2,
  confidence: 0.987,
  neighbours: [2, 2, 3],
  similarCorrections: [],
  inputs: new Uint8Array(784).fill(9),
} as const;

test('each suspect label is shown with its image and the evidence against it', t => {
  const page = renderSuspectLabelsPage([suspect, { ...suspect, id: 'id-8', why: 'contradicted' }]);
  t.is(page.match(/<img /g)?.length, 2);
  for (const text of ['id-7', 'id-8', 'labelled <b class="wrong">7</b>', '98.7 %', '2 2 3']) {
    t.true(page.includes(text), text);
  }
  t.is(page.match(/has a newer label/g)?.length, 1);
});

test('the page of suspect labels loads nothing, and text is escaped', t => {
  const page = renderSuspectLabelsPage([{ ...suspect, id: '<script>' }]);
  t.regex(page, /Content-Security-Policy" content="default-src 'none'/);
  t.false(page.includes('<script'));
  t.notRegex(page, /(src|href)="(?!data:)/);
});
