import test from 'ava';
import { listMistakes } from '../../src/evaluate/mistakes.ts';
import { logitsOf, near } from './rows.ts';

const logits = logitsOf([0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]);
const labels = Uint8Array.of(0, 1, 1, 0);

test('mistakes are the wrong answers, most confident first', t => {
  const mistakes = listMistakes(logits, labels, { count: 9, temperature: 1 });
  t.deepEqual(
    mistakes.map(({ index, said, right }) => ({ index, said, right })),
    [
      { index: 3, said: 1, right: 0 },
      { index: 2, said: 0, right: 1 },
      { index: 1, said: 0, right: 1 },
    ],
  );
  t.true(near(mistakes[0]!.confidence, 0.8));
});

test('no more mistakes than asked for', t => {
  t.is(listMistakes(logits, labels, { count: 2, temperature: 1 }).length, 2);
});

test('confidence is the one at the given temperature', t => {
  const [worst] = listMistakes(logits, labels, { count: 1, temperature: 2 });
  t.true(near(worst!.confidence, 2 / 3), '4 : 1 becomes 2 : 1');
});
