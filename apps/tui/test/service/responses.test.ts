import test from 'ava';
import { parsePrediction, parseProblem, parseReadiness } from '../../src/service/responses.ts';
import { ready, seven, sevenPrediction } from '../fake-service.ts';

/** An explanation of so many pixels, each with the same ink and evidence against the digit. */
function explanationOf(pixels: number, ink = 0.5) {
  return { seen: Array(pixels).fill(ink), saliency: Array(pixels).fill(-2) };
}

const contractBreakers: readonly [what: string, body: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'Digit: 7'],
  ['a list', [seven]],
  ['an empty object', {}],
  ['a digit of 10', { ...seven, digit: 10 }],
  ['a digit of -1', { ...seven, digit: -1 }],
  ['a digit of 7.5', { ...seven, digit: 7.5 }],
  ['a digit as text', { ...seven, digit: '7' }],
  ['no digit though accepted', { ...seven, digit: null }],
  ['a confidence above 1', { ...seven, confidence: 1.01 }],
  ['a confidence that is null', { ...seven, confidence: null }],
  ['nine probabilities', { ...seven, probabilities: seven.probabilities.slice(1) }],
  ['a negative probability', { ...seven, probabilities: [-0.1, ...seven.probabilities.slice(1)] }],
  ['probabilities that are no list', { ...seven, probabilities: { length: 10 } }],
  ['an unknown reason', { ...seven, accepted: false, reason: 'tired' }],
  ['a reason though accepted', { ...seven, reason: 'uncertain' }],
  ['no reason though not accepted', { ...seven, accepted: false }],
  ['no model', { ...seven, model: undefined }],
  ['an explanation of 783 pixels', { ...seven, ...explanationOf(783) }],
  ['a pixel above 1', { ...seven, ...explanationOf(784, 1.1) }],
  ['an explanation without what was seen', { ...seven, saliency: explanationOf(784).saliency }],
  ['an explanation that is no list', { ...seven, seen: 'dark', saliency: 'light' }],
  ['a digest that is none', { ...seven, model: { ...seven.model, sha256: 'c0ffee' } }],
];

for (const [what, body] of contractBreakers) {
  test(`${what} is not a prediction`, t => {
    t.like(
      t.throws(() => parsePrediction(body)),
      { code: 'service-bad-answer' },
    );
  });
}

test('an explanation stays with its prediction', t => {
  t.deepEqual(parsePrediction({ ...seven, ...explanationOf(784) }), {
    ...sevenPrediction,
    ...explanationOf(784),
  });
});

test('a response by the contract is a prediction', t => {
  t.deepEqual(parsePrediction(seven), sevenPrediction);
});

for (const reason of ['blank', 'not-a-digit', 'uncertain'] as const) {
  test(`a rejection with the reason "${reason}" is a prediction without a digit`, t => {
    const prediction = parsePrediction({ ...seven, digit: null, accepted: false, reason });
    t.like(prediction, { digit: null, reason });
  });
}

test('a ready service names its model', t => {
  t.deepEqual(parseReadiness(ready), { name: 'digits', version: '5.7.11' });
});

test('a service that is not ready has no model', t => {
  t.like(
    t.throws(() => parseReadiness({ ...ready, status: 'loading' })),
    {
      code: 'service-bad-answer',
    },
  );
});

test('control characters are removed from texts', t => {
  const model = { ...ready.model, version: '1\u{1b}[2J\r\n2' };
  t.is(parseReadiness({ ...ready, model }).version, '1 [2J 2');
  t.deepEqual(parseProblem({ title: 'Too\u{7}large', detail: `${'x'.repeat(500)}` }), {
    title: 'Too large',
    detail: `${'x'.repeat(199)}…`,
  });
});

test('a problem needs a title', t => {
  t.is(parseProblem({ detail: 'It is.' }), undefined);
  t.is(parseProblem('no'), undefined);
});
