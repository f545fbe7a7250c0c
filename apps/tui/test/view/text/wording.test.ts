import { drawStrokes } from '@digits/canvas';
import test from 'ava';
import type { Prediction } from '../../../src/state/prediction.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { ServiceState } from '../../../src/state/service-state.ts';
import { defaultSettings } from '../../../src/state/settings.ts';
import { rasterOf, type State } from '../../../src/state/state.ts';
import {
  bigDigitOf,
  confidenceLine,
  digitLine,
  isStale,
  modelLine,
  predictionStatus,
  serviceLine,
  spokenPrediction,
  tooSmallLine,
} from '../../../src/view/text/wording.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { beginning, connectedService } from '../../state/beginning.ts';

const sevenWith = (parts: Partial<Prediction>): Prediction => ({ ...sevenPrediction, ...parts });
const uncertain = sevenWith({ digit: null, reason: 'uncertain' });
const noDigit = sevenWith({ digit: null, reason: 'not-a-digit' });
const blank = sevenWith({ digit: null, reason: 'blank' });

test('an accepted reading is a digit and its certainty', t => {
  t.is(digitLine(sevenPrediction), 'Digit: 7');
  t.is(confidenceLine(sevenPrediction), '98.3 % certain');
});

test('an uncertain reading is the best guess, and says that it is one', t => {
  t.is(digitLine(uncertain), 'Digit: 7 (uncertain)');
  t.is(confidenceLine(uncertain), 'perhaps 7: 98.3 %');
  t.is(digitLine(sevenWith({ digit: 4, reason: 'uncertain' })), 'Digit: 4 (uncertain)');
});

test('what is no digit, and a blank drawing, are said plainly', t => {
  t.is(digitLine(noDigit), 'Digit: none');
  t.is(confidenceLine(noDigit), 'not a digit; most like 7: 98.3 %');
  t.is(confidenceLine(blank), 'blank: nothing is drawn');
});

test('the large figure is the digit, the best guess, a question mark or nothing', t => {
  t.is(bigDigitOf(sevenPrediction), 7);
  t.is(bigDigitOf(uncertain), 7);
  t.is(bigDigitOf(noDigit), null);
  t.is(bigDigitOf(blank), undefined);
});

test('who read it, and how fast', t => {
  t.is(modelLine({ ...sevenPrediction, latencyMs: 12.6 }), '13 ms, model 5.7.11');
  t.is(modelLine(sevenPrediction), 'model 5.7.11');
});

const url8000 = 'http://127.0.0.1:8000';
const away: ServiceState = {
  status: 'away',
  origin: 'found',
  url: url8000,
  why: 'It ended.',
  retryInMs: 500,
};

const serviceLines: readonly [ServiceState, string][] = [
  [{ status: 'looking', origin: 'found', url: url8000 }, `Looking for a service at ${url8000} …`],
  [{ status: 'starting', origin: 'embedded' }, 'Starting a service …'],
  [connectedService, `Service ready: model 5.7.11, running at ${url8000}`],
  [
    { ...connectedService, origin: 'embedded' } as ServiceState,
    `Service ready: model 5.7.11, our own at ${url8000}`,
  ],
  [away, 'No service at the moment. The drawing stays; it is looked for again by itself.'],
];

for (const [service, line] of serviceLines) {
  test(`the status line says: ${line}`, t => {
    t.is(serviceLine(service), line);
  });
}

const drawn = (parts: Partial<State> = {}): State => ({
  ...reduce(beginning({ service: connectedService }), {
    type: 'stroke-began',
    at: [7, 7],
    timeMs: 0,
  }),
  ...parts,
});
const raster = drawStrokes([[[3, 5]]]);
const quiet = { ...defaultSettings, isLive: false };
const former = { raster: raster, prediction: sevenPrediction };
const starting: ServiceState = { status: 'starting', origin: 'embedded' };

const askingLines: readonly [Partial<State>, string][] = [
  [{}, ''],
  [{ pendingRaster: raster }, ''],
  [{ pendingRaster: raster, settings: quiet }, 'Asking …'],
  [{ pendingRaster: raster, service: starting }, 'Asks when it is ready …'],
  [{ predictionError: 'It was late.' }, 'It was late. Enter tries again.'],
  [{ service: away, predictionError: 'gone' }, 'It ended.'],
  [{ predicted: former }, ''],
  [{ predicted: former, settings: quiet }, 'Changed since. Enter asks again.'],
];

for (const [index, [parts, line]] of askingLines.entries()) {
  test(`about asking, case ${index}, it says: ${line || 'nothing'}`, t => {
    t.is(predictionStatus(drawn(parts)), line);
  });
}

test('while drawings are read as they are drawn, no reading is called a former one', t => {
  t.false(isStale(drawn({ predicted: former })));
  t.true(isStale(drawn({ predicted: former, settings: quiet })));
  t.true(isStale(drawn({ predicted: former, service: away })));
  t.true(isStale(drawn({ predicted: former, predictionError: 'late' })));
});

test('for ears the reading is a sentence', t => {
  const state = drawn();
  const read = (prediction: Prediction) =>
    spokenPrediction({ ...state, predicted: { raster: rasterOf(state), prediction } });
  t.is(spokenPrediction(beginning()), 'Nothing is drawn.');
  t.is(spokenPrediction(state), 'The drawing has not been read yet.');
  t.is(read(sevenPrediction), 'The drawing is read as 7, 98 percent certain.');
  t.is(read(uncertain), 'The reading is uncertain: perhaps 7, 98 percent.');
  t.is(read(noDigit), 'This does not look like a digit.');
});

test('a window that is too small is told what is needed', t => {
  t.is(
    tooSmallLine({ columns: 13, rows: 7 }),
    'Drawing needs a window of at least 66×22 characters; this one has 13×7.',
  );
});
