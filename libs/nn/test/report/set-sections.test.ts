import test from 'ava';
import { renderReport } from '../../src/report/report.ts';
import { input, measuredSets } from './report-input.ts';

const page = await renderReport({ ...input, sets: measuredSets('pens, app’s brush') });

/** The text of a table's row without its markup. */
function rowOf(name: string): string {
  const row = page.match(new RegExp(`<tr[^>]*><th scope="row">${name}</th>.*?</tr>`))![0];
  return row
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
}

test('every set is in the table, under the title of its group', t => {
  t.is(rowOf('shot noise'), 'shot noise 5 – 80.00 % 37.55–96.38 % 41.44 % 40.00 %');
  t.is(rowOf('pens, app’s brush').split(' ').at(4), '7', 'writers');
  t.regex(page, /scope="rowgroup" colspan="7">Digits drawn by writers held out</);
});

test('a group of several sets has a row for the whole group', t => {
  t.is(rowOf('all 2 together'), 'all 2 together 10 – 80.00 % – 1.23 % –');
});

test('a set of outliers has its areas, its refused fractions and the reasons', t => {
  t.is(rowOf('letters'), 'letters 5 3 40.00 % 0.9375 0.9375 0.9375 43.75 % 43.75 % 43.75 %');
  t.regex(page, /1 as no digit, 1 as uncertain, 0 as blank/);
  t.regex(page, /against the 1,234 digits of 2 sets/);
});

test('the worst mistakes of every set are shown, those of the test images once', t => {
  t.is(page.split('class="ink"').length - 1, 1 + 2);
  t.true(page.includes('<h3>pens, app’s brush</h3>'));
  t.true(page.includes('actual <b>outlier</b> <small>#13</small>'));
  t.false(page.includes('<h3>shear</h3>'), 'it has no mistakes');
});

test('hostile names of sets are escaped', async t => {
  const attacked = await renderReport({
    ...input,
    sets: measuredSets('<script>alert(1)</script>'),
  });
  t.false(attacked.includes('<script'));
  t.is(attacked.split('&lt;script&gt;alert(1)').length - 1, 2, 'table and pictures');
});

test('the report of a model without thresholds, or without outliers, leaves out those sections', async t => {
  const { measurements, worst } = measuredSets('pens');
  const none = await renderReport({
    ...input,
    sets: { measurements: { ...measurements, refusal: null }, worst: worst.slice(0, 2) },
  });
  t.false(none.includes('<h2>Outliers</h2>'));
  t.false(none.includes('Worst mistakes of every set'));
  const [set] = measurements.refusal!.sets;
  const refusal = { ...measurements.refusal!, sets: [{ ...set!, verdicts: null }] };
  const unjudged = await renderReport({
    ...input,
    sets: { measurements: { ...measurements, refusal }, worst },
  });
  t.true(unjudged.includes('The model has no thresholds.'));
});
