import test from 'ava';
import { parseGate } from '../../../src/trainer/trainer-output.ts';
import { gateLines, gateSentence } from '../../../src/view/text/gate-table.ts';
import { passingGate, stoppingGate } from '../../trainer/gate-rows.ts';

const passing = parseGate(JSON.stringify(passingGate));
const stopping = parseGate(JSON.stringify(stoppingGate));
const texts = (gate: typeof passing, place: { row: number; columns: number; rows: number }) =>
  gateLines(gate, place).map(({ text }) => text);

test('in the smallest window the table has both versions, the rows that matter, and the reason', t => {
  t.deepEqual(texts(stopping, { row: 0, columns: 34, rows: 16 }).slice(0, 6), [
    'fine-tune-1-0a1b2c3d',
    'against standard-1-7f162361',
    '! MNIST validati…  98.40 → 71.30 %',
    '- model file         1.5 → 2.4 MiB',
    '+ corrections he… 20.00 → 100.00 %',
    '= MNIST test ima…  98.51 → 98.49 %',
  ]);
});

for (const [columns, rows] of [
  [34, 16],
  [48, 16],
  [60, 30],
] as const) {
  test(`in ${columns} columns and ${rows} rows every row can be read with its reason`, t => {
    const seen = new Set<string>();
    for (let row = 0; row < stopping.rows.length; row++) {
      const lines = gateLines(stopping, { row, columns, rows });
      t.true(lines.length <= rows);
      for (const { text } of lines) t.true(text.length <= columns, text);
      t.is(lines.filter(({ tone }) => tone === 'strong').length, 1);
      const reason = lines.slice(lines.findIndex(({ text }) => text === '') + 1);
      seen.add(reason.map(({ text }) => text).join(' '));
    }
    t.deepEqual([...seen].sort(), [...new Set(stopping.rows.map(({ why }) => why))].sort());
  });
}

test('better and worse rows have their tones', t => {
  const lines = gateLines(stopping, { row: 9, columns: 48, rows: 30 });
  const toneOf = (name: string) => lines.find(({ text }) => text.includes(name))?.tone;
  t.is(toneOf('MNIST validation'), 'warning');
  t.is(toneOf('model file'), 'warning');
  t.is(toneOf('corrections held out'), 'accent');
  t.is(toneOf('MNIST test'), 'quiet');
});

test('a table may have no rows', t => {
  const lines = texts(
    { ...passing, rows: [], champion: undefined },
    { row: 0, columns: 34, rows: 16 },
  );
  t.deepEqual(lines.slice(0, 2), ['fine-tune-1-0a1b2c3d', 'against no champion']);
});

test('a passed gate asks whether to promote, a failed one does not', t => {
  t.is(
    gateSentence(passing),
    'Promote it? Passed: nothing that matters is worse; better: corrections held out.',
  );
  t.is(gateSentence(stopping), 'Not passed, worse: MNIST validation images. The champion stays.');
});
