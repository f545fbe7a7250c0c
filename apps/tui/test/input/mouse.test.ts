// Mouse reports of the terminal, and the actions of mouse events.

import { rasterOf } from '@digits/client';
import test from 'ava';
import { mouseActions } from '../../src/input/mouse-actions.ts';
import { mouseKeys } from '../../src/input/mouse-keys.ts';
import { emptyList, emptyReview } from '../../src/state/corrections/corrections.ts';
import { drawingMode, type Mode } from '../../src/state/mode.ts';
import { reduce } from '../../src/state/reducer.ts';
import type { State } from '../../src/state/state.ts';
import { type MouseEvent, parseMouseReport } from '../../src/terminal/mouse-report.ts';
import { layerStripIn } from '../../src/view/inside/layer-panels.ts';
import { layoutOf, textAreaOf } from '../../src/view/layout.ts';
import { helpRows } from '../../src/view/text/help.ts';
import { sevenPrediction } from '../fake-service.ts';
import { exampleState } from '../state/example-state.ts';
import { drawSeven } from '../view/components/seven.ts';

const place = { x: 4, y: 10, shift: false, alt: false, ctrl: false };

const cases: readonly [parameters: string, final: 'M' | 'm', event: MouseEvent][] = [
  ['<0;5;11', 'M', { type: 'press', button: 'left', ...place }],
  ['<1;5;11', 'M', { type: 'press', button: 'middle', ...place }],
  ['<2;5;11', 'M', { type: 'press', button: 'right', ...place }],
  ['<0;5;11', 'm', { type: 'release', button: 'left', ...place }],
  ['<2;5;11', 'm', { type: 'release', button: 'right', ...place }],
  ['<32;5;11', 'M', { type: 'motion', button: 'left', ...place }],
  ['<34;5;11', 'M', { type: 'motion', button: 'right', ...place }],
  ['<35;5;11', 'M', { type: 'motion', button: 'none', ...place }],
  ['<64;5;11', 'M', { type: 'wheel', button: 'none', direction: 'up', ...place }],
  ['<65;5;11', 'M', { type: 'wheel', button: 'none', direction: 'down', ...place }],
  ['<4;5;11', 'M', { type: 'press', button: 'left', ...place, shift: true }],
  ['<8;5;11', 'M', { type: 'press', button: 'left', ...place, alt: true }],
  ['<16;5;11', 'M', { type: 'press', button: 'left', ...place, ctrl: true }],
  [
    '<60;5;11',
    'M',
    { type: 'motion', button: 'left', ...place, shift: true, alt: true, ctrl: true },
  ],
  ['<81;5;11', 'M', { type: 'wheel', button: 'none', direction: 'down', ...place, ctrl: true }],
  ['<0;1;1', 'M', { type: 'press', button: 'left', ...place, x: 0, y: 0 }],
  ['<32;-2;0', 'M', { type: 'motion', button: 'left', ...place, x: -3, y: -1 }],
];

for (const [parameters, final, event] of cases) {
  const what = event.type === 'wheel' ? event.direction : event.button;
  test(`${parameters}${final} is a ${event.type}: ${what}`, t => {
    t.deepEqual(parseMouseReport(parameters, final), event);
  });
}

for (const [parameters, what] of [
  ['<66;5;11', 'a wheel to the left'],
  ['<67;5;11', 'a wheel to the right'],
  ['<128;5;11', 'an eighth button'],
]) {
  test(`${parameters} is ${what}, which is not used`, t => {
    t.is(parseMouseReport(parameters ?? '', 'M'), undefined);
  });
}

for (const parameters of [
  '<',
  '<0',
  '<0;5',
  '<0;5;11;2',
  '<0;;11',
  '<0;--5;11',
  '<0;5;-',
  '<-1;5;11',
  '<0;5;100000',
  '<1000;5;11',
  '<0;5;99999999999999999999',
  '0;5;11',
]) {
  test(`${parameters} is not a report`, t => {
    t.is(parseMouseReport(parameters, 'M'), undefined);
  });
}

const smallWindow = { columns: 80, rows: 24 };
const time = 17;
const keys = { shift: false, alt: false, ctrl: false };
/** The cell of column 11 and pixel rows 10 and 11: the canvas begins at column 1, row 2. */
const onCanvas = { x: 1 + 11, y: 2 + 5, ...keys };
const point = [11.5, 11] as const;
const beside = { x: 40, y: 5, ...keys };

const actions = (event: MouseEvent, parts: Partial<State> = {}) =>
  mouseActions(event, exampleState({ window: smallWindow, ...parts }), time);

test('the left button begins a stroke at the centre of the cell', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...onCanvas }), [
    { type: 'stroke-began', at: point, timeMs: time },
  ]);
});

test('the right button erases', t => {
  t.deepEqual(actions({ type: 'press', button: 'right', ...onCanvas }), [
    { type: 'stroke-began', tool: 'eraser', at: point, timeMs: time },
  ]);
  t.deepEqual(actions({ type: 'motion', button: 'right', ...onCanvas }), [
    { type: 'stroke-continued', to: point, timeMs: time },
  ]);
});

test('the wheel changes the brush', t => {
  const wheel = { type: 'wheel', button: 'none', ...beside } as const;
  t.deepEqual(actions({ ...wheel, direction: 'up' }), [{ type: 'brush-changed', steps: 1 }]);
  t.deepEqual(actions({ ...wheel, direction: 'down' }), [{ type: 'brush-changed', steps: -1 }]);
});

test('a press beside the canvas ends a stroke whose release was lost', t => {
  t.deepEqual(actions({ type: 'press', button: 'left', ...beside }), [{ type: 'stroke-ended' }]);
});

test('a stroke continues beside the canvas', t => {
  t.deepEqual(actions({ type: 'motion', button: 'left', ...beside }), [
    { type: 'stroke-continued', to: [39.5, 7], timeMs: time },
  ]);
});

test('a release draws up to its cell and ends the stroke', t => {
  t.deepEqual(actions({ type: 'release', button: 'left', ...onCanvas }), [
    { type: 'stroke-continued', to: point, timeMs: time },
    { type: 'stroke-ended' },
  ]);
});

test('a terminal that reports pixels draws between the centres of cells', t => {
  const place = { ...onCanvas, x: 12.25, y: 7.75 };
  t.deepEqual(actions({ type: 'press', button: 'left', ...place }), [
    { type: 'stroke-began', at: [11.25, 11.5], timeMs: time },
  ]);
});

test('other buttons draw nothing', t => {
  t.deepEqual(actions({ type: 'press', button: 'middle', ...onCanvas }), []);
  t.deepEqual(actions({ type: 'motion', button: 'none', ...onCanvas }), []);
});

test('in a window that is too small strokes end and none begin', t => {
  const window = { columns: 20, rows: 19 };
  for (const type of ['press', 'motion', 'release'] as const) {
    t.deepEqual(actions({ type, button: 'left', ...onCanvas }, { window }), [
      { type: 'stroke-ended' },
    ]);
  }
});

const wheel = { type: 'wheel', button: 'none', direction: 'down', ...beside } as const;
const settings: Mode = { type: 'settings', row: 2 };

test('in a list the wheel types arrows and leaves the brush', t => {
  for (const mode of [{ type: 'help', top: 0 }, settings, { type: 'gate', row: 0 }] as const) {
    t.deepEqual(actions(wheel, { mode }), []);
    t.is(mouseKeys(wheel, exampleState({ mode })), '\u{1b}[B');
  }
  t.is(mouseKeys(wheel, exampleState()), '');
});

test('a click on a setting selects and changes it', t => {
  const press = { type: 'press', button: 'left', ...beside } as const;
  const state = exampleState({ mode: settings });
  // The first setting is in row 2 of the screen.
  t.deepEqual(actions({ ...press, y: 2 }, { mode: settings }), [
    { type: 'stroke-ended' },
    { type: 'setting-row-moved', steps: -2 },
  ]);
  t.is(mouseKeys({ ...press, y: 2 }, state), '\r');
  for (const y of [1, 7, 12]) t.is(mouseKeys({ ...press, y }, state), '');
  t.is(mouseKeys({ ...press, y: 2 }, exampleState()), '');
});

test('a click selects a row of the form of a training, and one on its arrows changes the value', t => {
  const mode = { type: 'choosing-training', row: 0 } as const;
  const press = { type: 'press', button: 'left', ...beside } as const;
  const { left, top } = textAreaOf(layoutOf(smallWindow)!);
  t.deepEqual(actions({ ...press, x: left + 4, y: top + 2 }, { mode }), [
    { type: 'stroke-ended' },
    { type: 'mode-changed', mode: { type: 'choosing-training', row: 2 } },
  ]);
  t.deepEqual(actions({ ...press, x: left + 4, y: top + 5 }, { mode }), [{ type: 'stroke-ended' }]);
  const typed = (x: number, y: number) =>
    mouseKeys({ ...press, x: left + x, y: top + y }, exampleState({ mode }));
  const line = '> Hidden layers     ‹ 64, 32 ›';
  t.is(typed(line.indexOf('‹'), 0), '\u{1b}[D');
  t.is(typed(line.indexOf('›'), 0), '\u{1b}[C');
  t.is(typed(line.indexOf('64') + 2, 0), '');
  t.is(typed(line.indexOf('›'), 1), '', 'of another row');
  t.is(mouseKeys(wheel, exampleState({ mode })), '\u{1b}[B');
});

test('a click on a neuron below the canvas opens the view into the network', t => {
  const drawn = drawSeven.reduce(reduce, exampleState({ window: { columns: 100, rows: 30 } }));
  const prediction = { ...sevenPrediction, layers: [[0, 1, 0, 2], [3, 0], Array(10).fill(0)] };
  const state = {
    ...drawn,
    predicted: { raster: rasterOf(drawn), prediction, isExplained: false },
  };
  const [first] = layerStripIn(state, layoutOf(state.window)!.panels.layers!);
  const { block, map } = first!;
  const at = { x: map.left + block.columns, y: map.top };
  const press = { ...place, type: 'press', button: 'left', ...at } as const;
  t.deepEqual(mouseActions(press, state, 0), [
    { type: 'stroke-ended' },
    { type: 'inside-opened' },
    { type: 'neuron-selected', position: { layer: 1, index: 1 } },
  ]);
});

test('a click on the hint of a key types it, a click beside the hints nothing', t => {
  // The lines of keys have a margin of one column.
  const press = { type: 'press', button: 'left', ...beside, y: 22 } as const;
  const typed = (x: number, parts: Partial<State> = {}) =>
    mouseKeys({ ...press, x: 1 + x }, exampleState({ window: smallWindow, ...parts }));
  const line = 'Enter predict  f correct  u r un/redo';
  t.is(typed(line.indexOf('predict')), '\r');
  t.is(typed(line.indexOf('f ')), 'f');
  t.is(typed(line.indexOf('u r')), 'u');
  t.is(typed(line.indexOf('r un')), 'r');
  t.is(typed(line.indexOf('  u')), '');
  t.is(typed(line.indexOf('  f')), '');
  t.is(mouseKeys({ ...press, x: 0, button: 'right' }, exampleState()), '');
  const mode: Mode = { type: 'help', top: 0 };
  t.is(typed('arrows scroll  '.length, { mode }), '\u{1b}');
  t.is(typed(0, { mode }), '');
});

test('a click on a key in the help leaves the help and types the key', t => {
  const mode: Mode = { type: 'help', top: 0 };
  const { columns, left, top } = textAreaOf(layoutOf(smallWindow)!);
  const row = helpRows(columns).findIndex(({ keys }) => keys === 'x');
  const press = { type: 'press', button: 'left', ...beside, x: left, y: top + row } as const;
  t.deepEqual(actions(press, { mode }), [
    { type: 'stroke-ended' },
    { type: 'mode-changed', mode: drawingMode },
  ]);
  t.is(mouseKeys(press, exampleState({ mode })), 'x');
});

const inList: Partial<State> = {
  mode: { type: 'corrections', row: 0 },
  review: {
    ...emptyReview,
    list: {
      ...emptyList,
      items: ['a', 'b', 'c'].map(id => ({
        id,
        label: 4,
        source: 'correction',
        atMs: 0,
        isSent: true,
      })),
    },
  },
};

test('a click selects a correction, and nothing is drawn on the one that is shown', t => {
  const state = exampleState(inList);
  const layout = layoutOf(state.window)!;
  const { canvas } = layout;
  const press = (x: number, y: number) =>
    mouseActions({ ...place, type: 'press', button: 'left', x, y }, state, 0);
  const { left } = textAreaOf(layout);
  // Below the heads of the columns.
  t.deepEqual(press(left, canvas.top + 2), [
    { type: 'stroke-ended' },
    { type: 'correction-row-selected', row: 1 },
  ]);
  t.deepEqual(press(left, canvas.top + 4), [{ type: 'stroke-ended' }]);
  t.deepEqual(press(canvas.left + 3, canvas.top + 2), [{ type: 'stroke-ended' }]);
  const wheel = { ...place, type: 'wheel', button: 'none', direction: 'down' } as const;
  t.is(mouseKeys(wheel, state), '\u{1b}[B');
});
