import test from 'ava';
import { renderSuspectLabelsPage } from '../../src/report/suspect-labels-page.ts';

const one = {
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
  const page = renderSuspectLabelsPage([one, { ...one, id: 'id-8', why: 'contradicted' }]);
  t.is(page.match(/<img /g)?.length, 2);
  for (const text of ['id-7', 'id-8', 'labelled <b class="wrong">7</b>', '98.7 %', '2 2 3']) {
    t.true(page.includes(text), text);
  }
  t.is(page.match(/has a newer label/g)?.length, 1);
});

test('the page loads nothing, and text is escaped', t => {
  const page = renderSuspectLabelsPage([{ ...one, id: '<script>' }]);
  t.regex(page, /Content-Security-Policy" content="default-src 'none'/);
  t.false(page.includes('<script'));
  t.notRegex(page, /(src|href)="(?!data:)/);
});
