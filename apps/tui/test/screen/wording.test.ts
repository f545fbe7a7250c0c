import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import { NEEDED } from '../../src/screen/layout.ts';
import {
  askingLine,
  certaintyLine,
  digitLine,
  HELP,
  serviceLine,
  TITLE,
  tooSmallLine,
} from '../../src/screen/wording.ts';
import type { Prediction } from '../../src/service/answers.ts';
import type { ServiceState } from '../../src/service/service-state.ts';
import { initialState, type State } from '../../src/state/state.ts';
import { SEVEN_PREDICTION } from '../fake-service.ts';

const doubtful = (parts: Partial<Prediction>): Prediction => ({ ...SEVEN_PREDICTION, ...parts });

test('an accepted reading is a digit and its certainty', t => {
  t.is(digitLine(SEVEN_PREDICTION), 'Digit: 7');
  t.is(certaintyLine(SEVEN_PREDICTION), '98.3 % certain');
});

test('an uncertain reading says so, and what it is perhaps', t => {
  const prediction = doubtful({ digit: null, reason: 'uncertain' });
  t.is(digitLine(prediction), 'Digit: ?');
  t.is(certaintyLine(prediction), 'uncertain: perhaps 7, 98.3 %');
  t.is(digitLine(doubtful({ digit: 7, reason: 'uncertain' })), 'Digit: 7?');
});

test('what is no digit, and a blank drawing, are said plainly', t => {
  t.is(certaintyLine(doubtful({ digit: null, reason: 'not-a-digit' })), 'not a digit');
  t.is(certaintyLine(doubtful({ digit: null, reason: 'blank' })), 'blank: nothing is drawn');
});

const URL_8000 = 'http://127.0.0.1:8000';
const READY: ServiceState = {
  kind: 'ready',
  url: URL_8000,
  modelVersion: '5.7.11',
  isOwn: false,
  missing: undefined,
};

const SERVICE_LINES: readonly [ServiceState, string][] = [
  [{ kind: 'looking', url: URL_8000 }, `Looking for a service at ${URL_8000} …`],
  [{ kind: 'starting', missing: undefined }, 'Starting a service …'],
  [READY, `Service ready: model 5.7.11, running at ${URL_8000}`],
  [{ ...READY, isOwn: true }, `Service ready: model 5.7.11, our own at ${URL_8000}`],
  [{ kind: 'down', why: 'It ended.' }, 'No service. The drawing stays, Enter tries again.'],
];

for (const [service, line] of SERVICE_LINES) {
  test(`the status line says: ${line}`, t => {
    t.is(serviceLine(service), line);
  });
}

const START = initialState({ columns: 80, rows: 24 }, READY);
const OTHER = drawStrokes([[[3, 5]]]);
const MISSED: ServiceState = { ...READY, isOwn: true, missing: 'http://h:1' };
const DOWN: ServiceState = { kind: 'down', why: 'It ended.' };

const ASKING_LINES: readonly [Partial<State>, string][] = [
  [{}, ''],
  [{ service: MISSED }, 'No service answers at http://h:1: this is one of our own.'],
  [{ asked: START.raster }, 'Asking …'],
  [
    { asked: START.raster, service: { kind: 'starting', missing: undefined } },
    'Asks when it is ready …',
  ],
  [{ failure: 'It was late.' }, 'It was late. Enter tries again.'],
  [{ service: DOWN, failure: 'It ended.' }, 'It ended.'],
  [{ answer: { raster: START.raster, prediction: SEVEN_PREDICTION } }, ''],
  [{ answer: { raster: OTHER, prediction: SEVEN_PREDICTION } }, 'Changed since. Enter asks again.'],
];

for (const [index, [parts, line]] of ASKING_LINES.entries()) {
  test(`about asking, case ${index}, it says: ${line || 'nothing'}`, t => {
    t.is(askingLine({ ...START, ...parts }), line);
  });
}

test('the fixed lines fit into the least window', t => {
  t.true(TITLE.length <= NEEDED.columns);
  t.true(HELP.length <= NEEDED.columns);
});

test('a window that is too small is told what is needed', t => {
  t.is(
    tooSmallLine({ columns: 13, rows: 7 }),
    'Drawing needs a window of at least 66×22 characters; this one has 13×7.',
  );
});
