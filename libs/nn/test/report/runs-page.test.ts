import test from 'ava';
import { type DrawnRun, maxDrawnRuns, renderRunsPage } from '../../src/report/runs-page.ts';
import { input } from './report-input.ts';

const run: DrawnRun = {
  version: 'tiny-1-0123abcd',
  layers: '49-5-3',
  profile: 'tiny',
  validation: 0.8,
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

test('hostile names are escaped', async t => {
  const page = await renderRunsPage([{ ...run, version: '"><script>alert(1)</script>' }]);
  t.false(page.includes('<script'));
});
