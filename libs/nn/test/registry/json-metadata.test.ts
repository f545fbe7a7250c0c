import test from 'ava';
import type { NnError } from '../../src/errors.ts';
import { readAcceptance, readAccuracy } from '../../src/registry/json-metadata.ts';

const corrupt = { code: 'model-corrupt' } as Partial<NnError> & { code: string };

test('absent entries are null', t => {
  t.is(readAcceptance({}), null);
  t.is(readAccuracy({}), null);
});

for (const text of [
  '',
  '{',
  'null',
  '{"minConfidence":2,"maxEnergy":1}',
  '{"minConfidence":0.5}',
]) {
  test(`acceptance ${text} is refused`, t => {
    t.throws(() => readAcceptance({ acceptance: text }), corrupt);
  });
}

test('more correct images than images are refused', t => {
  const accuracy = JSON.stringify({ data: 'MNIST', count: 7, correct: 8 });
  t.throws(() => readAccuracy({ accuracy }), corrupt);
});
