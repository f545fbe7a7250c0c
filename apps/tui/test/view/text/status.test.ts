// The title, the status lines, the keys and the summary of practice.

import { drawStrokes } from '@digits/canvas';
import { type Practice, type Round, rasterOf, startPractice } from '@digits/client';
import test from 'ava';
import { insideMode } from '../../../src/state/inside/inside.ts';
import { drawingMode, type Mode } from '../../../src/state/mode.ts';
import { reduce } from '../../../src/state/reducer.ts';
import type { ServiceState } from '../../../src/state/service-state.ts';
import { defaultSettings } from '../../../src/state/settings.ts';
import { isStale, type State } from '../../../src/state/state.ts';
import { keyColumns, layoutOf, minWindowSize } from '../../../src/view/layout.ts';
import { helpPlaceOf } from '../../../src/view/places.ts';
import { helpKeyColumns, helpRows, maxHelpTop, shownHelp } from '../../../src/view/text/help.ts';
import { lineOf } from '../../../src/view/text/key-hint.ts';
import { keyHintLines, keyHints } from '../../../src/view/text/keys.ts';
import { confusionRows } from '../../../src/view/text/practice.ts';
import {
  correctionLine,
  predictionStatus,
  serviceLine,
  title,
  titleLine,
  toolLine,
  tooSmallLine,
} from '../../../src/view/text/status.ts';
import { wrappedInto } from '../../../src/view/text/tables/table.ts';
import { sevenPrediction } from '../../fake-service.ts';
import { connectedService, exampleState } from '../../state/example-state.ts';

test('the tool line has tool, brush, pen and mouse', t => {
  t.is(toolLine(exampleState({ radius: 1.2 })), 'Pen, brush 1.2');
  const pen = { x: 16, y: 14, isDown: true, isShown: true };
  t.is(
    toolLine(exampleState({ tool: 'eraser', radius: 3, pen, isMouseOn: false })),
    'Eraser, brush 3.0, down at column 17, row 15, mouse off',
  );
});

test('corrections are counted, and those not sent yet', t => {
  const line = (saved: number, waiting: number) =>
    correctionLine(exampleState({ corrections: { saved, waiting } }));
  t.is(line(0, 0), '');
  t.is(line(1, 0), '1 correction saved');
  t.is(line(3, 2), '3 corrections saved, 2 to send');
});

test('in practice the title has the digit and the score', t => {
  const practice = { ...startPractice(1), target: 4 };
  t.is(titleLine(exampleState({ practice })), 'Practice: draw a 4');
  const rounds: Round[] = [
    { game: 'recognise', target: 3, read: 3 },
    { game: 'recognise', target: 5, read: 6 },
  ];
  t.is(
    titleLine(exampleState({ practice: { ...practice, rounds } })),
    'Practice: draw a 4   1 of 2 correct',
  );
  const second: Practice = { ...practice, target: 8, game: 'misread', rounds };
  t.is(titleLine(exampleState({ practice: second })), 'Practice: draw an 8 that is misread');
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
  [
    { status: 'looking', origin: 'given', url: 'https://me:secret@digits.example/v1' },
    'Looking for a service at https://digits.example/v1 …',
  ],
  [{ status: 'starting', origin: 'embedded' }, 'Starting a service …'],
  [connectedService, `Service ready: model 5.7.11, running at ${url8000}`],
  [
    { ...connectedService, origin: 'embedded' } as ServiceState,
    `Service ready: model 5.7.11, embedded at ${url8000}`,
  ],
  [away, 'No service available. The drawing is kept; the app keeps trying.'],
];

for (const [service, line] of serviceLines) {
  test(`the status line of the service is: ${line}`, t => {
    t.is(serviceLine(service), line);
  });
}

const drawn = (parts: Partial<State> = {}): State => ({
  ...reduce(exampleState({ service: connectedService }), {
    type: 'stroke-began',
    at: [7, 7],
    timeMs: 0,
  }),
  ...parts,
});
const raster = drawStrokes([[[3, 5]]]);
const quiet = { ...defaultSettings, isLive: false };
const earlier = { raster, prediction: sevenPrediction, isExplained: false };
const starting: ServiceState = { status: 'starting', origin: 'embedded' };

/** The current drawing, whose request failed. */
const failed = (why: string): Partial<State> => {
  const { document } = drawn();
  return { document, predictionFailure: { raster: rasterOf({ document }), why } };
};

const predictionStatuses: readonly [Partial<State>, string][] = [
  [{}, ''],
  [{ settings: quiet }, 'Enter shows which digit it is.'],
  [{ pendingRaster: raster }, ''],
  [{ pendingRaster: raster, settings: quiet }, 'Predicting …'],
  [{ pendingRaster: raster, service: starting }, 'Requested; waiting for the service …'],
  [failed('It was late.'), 'It was late. Enter tries again.'],
  [{ service: away, ...failed('gone') }, 'It ended.'],
  [{ predictionFailure: { raster, why: 'of another drawing' } }, ''],
  [{ predicted: earlier }, ''],
  [{ predicted: earlier, settings: quiet }, 'The drawing has changed. Enter predicts again.'],
];

for (const [index, [parts, line]] of predictionStatuses.entries()) {
  test(`the prediction’s status in case ${index} is: ${line || 'nothing'}`, t => {
    t.is(predictionStatus(drawn(parts)), line);
  });
}

test('a text that does not fit its rows ends in an ellipsis, and a long word is broken', t => {
  t.deepEqual(wrappedInto('one two three', 7, 2), ['one two', 'three']);
  t.deepEqual(wrappedInto('one two three four', 7, 2), ['one two', 'three …']);
  t.deepEqual(wrappedInto('/a/long/path is', 7, 3), ['/a/long', '/path', 'is']);
});

test('with live prediction no prediction is stale', t => {
  t.false(isStale(drawn({ predicted: earlier })));
  t.true(isStale(drawn({ predicted: earlier, settings: quiet })));
  t.true(isStale(drawn({ predicted: earlier, service: away })));
  t.true(isStale(drawn({ predicted: earlier, ...failed('late') })));
});

test('a window that is too small gets the size that is needed', t => {
  t.is(
    tooSmallLine({ columns: 13, rows: 7 }),
    'Drawing needs a window of at least 66×22 characters; this one has 13×7.',
  );
});

const modes: readonly Mode[] = [
  drawingMode,
  { type: 'correcting' },
  { type: 'typing', purpose: 'save', text: '', hint: '' },
  { type: 'typing', purpose: 'open', text: '', hint: '' },
  { type: 'typing', purpose: 'address', text: '', hint: '' },
  { type: 'help', top: 0 },
  { type: 'settings', row: 0 },
  { type: 'asking-consent' },
  { type: 'summary' },
  { type: 'confirming-stop' },
  { type: 'gate', row: 0 },
  insideMode,
];

test('the title and the keys of every mode fit into the smallest window', t => {
  t.true(title.length <= minWindowSize.columns);
  for (const mode of modes) {
    for (const practice of [undefined, startPractice(1)]) {
      for (const count of [1, 2]) {
        const state = exampleState({ mode, practice });
        const lines = keyHintLines(state, count, minWindowSize.columns).map(lineOf);
        t.true(lines.length <= count);
        for (const line of lines) t.true(line.length <= minWindowSize.columns, line);
      }
    }
  }
});

test('the help is complete in every window: nothing is cut off, and the rest can be scrolled to', t => {
  for (const window of [minWindowSize, { columns: 80, rows: 24 }, { columns: 200, rows: 60 }]) {
    const place = helpPlaceOf(layoutOf(window)!);
    const seen = new Set<string>();
    for (let top = 0; top <= maxHelpTop(place); top++) {
      const { title, rows } = shownHelp(top, place);
      t.true(rows.length <= place.rows && title.length <= place.columns);
      for (const { keys, meaning } of rows) {
        t.true(keys.length < helpKeyColumns && helpKeyColumns + meaning.length <= place.columns);
        seen.add(keys).add(meaning);
      }
    }
    const wanted = helpRows(place.columns).flatMap(({ keys, meaning }) => [keys, meaning]);
    t.true(wanted.every(text => seen.has(text)));
    t.is(helpRows(1000).length, keyHints.length);
  }
  t.is(helpRows(keyColumns).length, keyHints.length, 'in the panel of keys each has one row');
});

test('the matrix of practice fits beside the canvas', t => {
  const rounds: Round[] = [
    { game: 'recognise', target: 3, read: 3 },
    { game: 'recognise', target: 3, read: null },
    { game: 'misread', target: 4, read: 9 },
  ];
  const rows = confusionRows(rounds);
  const lines = rows.map(cells => cells.map(({ text }) => text).join(''));
  t.is(lines[0], '   0  1  2  3  4  5  6  7  8  9  ?');
  t.is(lines[4], '3  ·  ·  ·  1  ·  ·  ·  ·  ·  ·  1');
  t.true(lines.every(line => line.length === 34));
  t.is(rows[4]?.[4]?.tone, 'accent', 'the diagonal');
  t.is(rows[4]?.[11]?.tone, 'warning', 'a mistake');
});
