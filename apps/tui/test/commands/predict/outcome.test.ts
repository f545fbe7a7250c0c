import test from 'ava';
import { outcomeText, outcomeValue } from '../../../src/commands/predict/outcome.ts';
import { sevenPrediction } from '../../fake-service.ts';

const path = 'seven.png';
const line = (prediction: Partial<typeof sevenPrediction>) =>
  outcomeText({ path, prediction: { ...sevenPrediction, ...prediction } });

test('a digit is printed with its confidence', t => {
  t.is(line({}), 'seven.png: 7  98.3 %');
});

test('a rejection is printed with its reason', t => {
  t.is(line({ digit: null, reason: 'not-a-digit' }), 'seven.png: not a digit');
  t.is(line({ digit: null, reason: 'blank' }), 'seven.png: blank');
  t.is(line({ digit: null, reason: 'uncertain' }), 'seven.png: uncertain  perhaps 7, 98.3 %');
});

test('a picture that cannot be read is printed with the reason', t => {
  const error = { code: 'picture-empty', message: 'it is empty' };
  t.is(outcomeText({ path, error }), 'seven.png: cannot be read: it is empty');
  t.deepEqual(outcomeValue({ path, error }), { path, error });
});

test('the name of a file cannot steer the terminal', t => {
  t.is(outcomeText({ path: 'a\n\u{1b}[2Jb', prediction: sevenPrediction }), 'a [2Jb: 7  98.3 %');
});

test('the JSON value has whether the digit is accepted', t => {
  t.like(outcomeValue({ path, prediction: sevenPrediction }), {
    path,
    digit: 7,
    accepted: true,
    reason: null,
  });
  const prediction = { ...sevenPrediction, digit: null, reason: 'blank' } as const;
  t.like(outcomeValue({ path, prediction }), { accepted: false, reason: 'blank' });
});

test('an explanation is two pictures side by side', t => {
  const seen = Array.from({ length: 784 }, (_, index) => (index % 28 < 2 ? 1 : 0));
  const saliency = Array.from({ length: 784 }, (_, index) =>
    index % 28 === 0 ? 4 : index % 28 === 1 ? -2 : 0.1,
  );
  const lines = line({ seen, saliency }).split('\n');
  t.is(lines.length, 16);
  t.is(lines[2], `  ██${' '.repeat(26)}  +-${'·'.repeat(26)}`);
});
