import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import type { Prediction } from '../../../src/service/answers.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { ServiceState } from '../../../src/state/service-state.ts';
import { DEFAULT_SETTINGS } from '../../../src/state/settings.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import {
  askingLine,
  certaintyLine,
  digitLine,
  figureOf,
  isFormer,
  modelLine,
  serviceLine,
  spokenReading,
  tooSmallLine,
} from '../../../src/view/text/wording.ts';
import { SEVEN_PREDICTION } from '../../fake-service.ts';
import { beginning, CONNECTED } from '../../state/beginning.ts';

const doubtful = (parts: Partial<Prediction>): Prediction => ({ ...SEVEN_PREDICTION, ...parts });
const UNCERTAIN = doubtful({ digit: null, reason: 'uncertain' });
const NO_DIGIT = doubtful({ digit: null, reason: 'not-a-digit' });
const BLANK = doubtful({ digit: null, reason: 'blank' });

test('an accepted reading is a digit and its certainty', t => {
  t.is(digitLine(SEVEN_PREDICTION), 'Digit: 7');
  t.is(certaintyLine(SEVEN_PREDICTION), '98.3 % certain');
});

test('an uncertain reading is the best guess, and says that it is one', t => {
  t.is(digitLine(UNCERTAIN), 'Digit: 7 (uncertain)');
  t.is(certaintyLine(UNCERTAIN), 'perhaps 7: 98.3 %');
  t.is(digitLine(doubtful({ digit: 4, reason: 'uncertain' })), 'Digit: 4 (uncertain)');
});

test('what is no digit, and a blank drawing, are said plainly', t => {
  t.is(digitLine(NO_DIGIT), 'Digit: none');
  t.is(certaintyLine(NO_DIGIT), 'not a digit; most like 7: 98.3 %');
  t.is(certaintyLine(BLANK), 'blank: nothing is drawn');
});

test('the large figure is the digit, the best guess, a question mark or nothing', t => {
  t.is(figureOf(SEVEN_PREDICTION), 7);
  t.is(figureOf(UNCERTAIN), 7);
  t.is(figureOf(NO_DIGIT), null);
  t.is(figureOf(BLANK), undefined);
});

test('who read it, and how fast', t => {
  t.is(modelLine({ ...SEVEN_PREDICTION, latencyMs: 12.6 }), '13 ms, model 5.7.11');
  t.is(modelLine(SEVEN_PREDICTION), 'model 5.7.11');
});

const URL_8000 = 'http://127.0.0.1:8000';
const AWAY: ServiceState = {
  status: 'away',
  origin: 'found',
  url: URL_8000,
  why: 'It ended.',
  retryInMs: 500,
};

const SERVICE_LINES: readonly [ServiceState, string][] = [
  [{ status: 'looking', origin: 'found', url: URL_8000 }, `Looking for a service at ${URL_8000} …`],
  [{ status: 'starting', origin: 'embedded' }, 'Starting a service …'],
  [CONNECTED, `Service ready: model 5.7.11, running at ${URL_8000}`],
  [
    { ...CONNECTED, origin: 'embedded' } as ServiceState,
    `Service ready: model 5.7.11, our own at ${URL_8000}`,
  ],
  [AWAY, 'No service at the moment. The drawing stays; it is looked for again by itself.'],
];

for (const [service, line] of SERVICE_LINES) {
  test(`the status line says: ${line}`, t => {
    t.is(serviceLine(service), line);
  });
}

const drawn = (parts: Partial<State> = {}): State => ({
  ...reduce(beginning({ service: CONNECTED }), { type: 'stroke-began', at: [7, 7], timeMs: 0 }),
  ...parts,
});
const RASTER = drawStrokes([[[3, 5]]]);
const QUIET = { ...DEFAULT_SETTINGS, isLive: false };
const FORMER = { raster: RASTER, prediction: SEVEN_PREDICTION };
const STARTING: ServiceState = { status: 'starting', origin: 'embedded' };

const ASKING_LINES: readonly [Partial<State>, string][] = [
  [{}, ''],
  [{ asked: RASTER }, ''],
  [{ asked: RASTER, settings: QUIET }, 'Asking …'],
  [{ asked: RASTER, service: STARTING }, 'Asks when it is ready …'],
  [{ failure: 'It was late.' }, 'It was late. Enter tries again.'],
  [{ service: AWAY, failure: 'gone' }, 'It ended.'],
  [{ answer: FORMER }, ''],
  [{ answer: FORMER, settings: QUIET }, 'Changed since. Enter asks again.'],
];

for (const [index, [parts, line]] of ASKING_LINES.entries()) {
  test(`about asking, case ${index}, it says: ${line || 'nothing'}`, t => {
    t.is(askingLine(drawn(parts)), line);
  });
}

test('while drawings are read as they are drawn, no reading is called a former one', t => {
  t.false(isFormer(drawn({ answer: FORMER })));
  t.true(isFormer(drawn({ answer: FORMER, settings: QUIET })));
  t.true(isFormer(drawn({ answer: FORMER, service: AWAY })));
  t.true(isFormer(drawn({ answer: FORMER, failure: 'late' })));
});

test('for ears the reading is a sentence', t => {
  const state = drawn();
  const read = (prediction: Prediction) =>
    spokenReading({ ...state, answer: { raster: rasterOf(state), prediction } });
  t.is(spokenReading(beginning()), 'Nothing is drawn.');
  t.is(spokenReading(state), 'The drawing has not been read yet.');
  t.is(read(SEVEN_PREDICTION), 'The drawing is read as 7, 98 percent certain.');
  t.is(read(UNCERTAIN), 'The reading is uncertain: perhaps 7, 98 percent.');
  t.is(read(NO_DIGIT), 'This does not look like a digit.');
});

test('a window that is too small is told what is needed', t => {
  t.is(
    tooSmallLine({ columns: 13, rows: 7 }),
    'Drawing needs a window of at least 66×22 characters; this one has 13×7.',
  );
});
