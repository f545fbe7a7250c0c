import test from 'ava';
import { parsePrediction, parseProblem, parseReadiness } from '../../src/service/answers.ts';
import { READY, SEVEN, SEVEN_PREDICTION } from '../fake-service.ts';

/** As many pixels as told, each with the same ink, which spoke against the digit. */
function explanationOf(pixels: number, ink = 0.5) {
  return { seen: Array(pixels).fill(ink), saliency: Array(pixels).fill(-2) };
}

const CONTRACT_BREAKERS: readonly [what: string, body: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', 'Digit: 7'],
  ['a list', [SEVEN]],
  ['an empty object', {}],
  ['a digit of 10', { ...SEVEN, digit: 10 }],
  ['a digit of -1', { ...SEVEN, digit: -1 }],
  ['a digit of 7.5', { ...SEVEN, digit: 7.5 }],
  ['a digit as text', { ...SEVEN, digit: '7' }],
  ['no digit though accepted', { ...SEVEN, digit: null }],
  ['a confidence above 1', { ...SEVEN, confidence: 1.01 }],
  ['a confidence that is null', { ...SEVEN, confidence: null }],
  ['nine probabilities', { ...SEVEN, probabilities: SEVEN.probabilities.slice(1) }],
  ['a negative probability', { ...SEVEN, probabilities: [-0.1, ...SEVEN.probabilities.slice(1)] }],
  ['probabilities that are no list', { ...SEVEN, probabilities: { length: 10 } }],
  ['an unknown reason', { ...SEVEN, accepted: false, reason: 'tired' }],
  ['a reason though accepted', { ...SEVEN, reason: 'uncertain' }],
  ['no reason though not accepted', { ...SEVEN, accepted: false }],
  ['no model', { ...SEVEN, model: undefined }],
  ['an explanation of 783 pixels', { ...SEVEN, ...explanationOf(783) }],
  ['a pixel above 1', { ...SEVEN, ...explanationOf(784, 1.1) }],
  ['half an explanation', { ...SEVEN, seen: explanationOf(784).seen }],
  ['an explanation that is no list', { ...SEVEN, seen: 'dark', saliency: 'light' }],
  ['a digest that is none', { ...SEVEN, model: { ...SEVEN.model, sha256: 'c0ffee' } }],
];

for (const [what, body] of CONTRACT_BREAKERS) {
  test(`${what} is no prediction`, t => {
    t.like(
      t.throws(() => parsePrediction(body)),
      { code: 'SERVICE_BAD_ANSWER' },
    );
  });
}

test('an explanation stays with its prediction, and a blank picture has none', t => {
  t.deepEqual(parsePrediction({ ...SEVEN, ...explanationOf(784) }), {
    ...SEVEN_PREDICTION,
    ...explanationOf(784),
  });
  t.deepEqual(parsePrediction({ ...SEVEN, seen: null, saliency: null }), SEVEN_PREDICTION);
});

test('an answer of the contract is a prediction', t => {
  t.deepEqual(parsePrediction(SEVEN), SEVEN_PREDICTION);
});

for (const reason of ['blank', 'not-a-digit', 'uncertain'] as const) {
  test(`a refusal because of "${reason}" is a prediction without a digit`, t => {
    const prediction = parsePrediction({ ...SEVEN, digit: null, accepted: false, reason });
    t.like(prediction, { digit: null, reason });
  });
}

test('a ready service names its model', t => {
  t.deepEqual(parseReadiness(READY), { name: 'digits', version: '5.7.11' });
});

test('a service that is not ready is not taken for one', t => {
  t.like(
    t.throws(() => parseReadiness({ ...READY, status: 'loading' })),
    {
      code: 'SERVICE_BAD_ANSWER',
    },
  );
});

test('what steers a terminal is taken out of what is shown', t => {
  const model = { ...READY.model, version: '1\u{1b}[2J\r\n2' };
  t.is(parseReadiness({ ...READY, model }).version, '1 [2J 2');
  t.deepEqual(parseProblem({ title: 'Too\u{7}large', detail: `${'x'.repeat(500)}` }), {
    title: 'Too large',
    detail: `${'x'.repeat(199)}…`,
  });
});

test('a problem needs a title', t => {
  t.is(parseProblem({ detail: 'It is.' }), undefined);
  t.is(parseProblem('no'), undefined);
});
