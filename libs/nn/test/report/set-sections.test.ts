import test from 'ava';
import { renderRefusal, renderSetTable, renderWorstOfSets } from '../../src/report/set-sections.ts';
import { input, measuredSets } from './report-input.ts';

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
  t.regex(table, /scope="rowgroup" colspan="7">Digits drawn by writers held out</);
});

test('a group of several sets has a row for the whole group', t => {
  t.is(rowOf(table, 'all 2 together'), 'all 2 together 10 – 80.00 % – 1.23 % –');
});

test('a set of outliers has its areas, its refused fractions and the reasons', t => {
  const row = 'letters 5 3 40.00 % 0.9375 0.9375 0.9375 43.75 % 43.75 % 43.75 %';
  t.is(rowOf(refusal, 'letters'), row);
  t.regex(refusal, /1 as no digit, 1 as uncertain, 0 as blank/);
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
