// The layout of the window, and the actions that change the panel beside the canvas.

import { rasterOf } from '@digits/client';
import test from 'ava';
import fc from 'fast-check';
import type { Action } from '../../src/state/action.ts';
import { insideMode } from '../../src/state/inside/inside.ts';
import { reduce } from '../../src/state/reducer.ts';
import { cellOf, isInside, pointAt } from '../../src/view/canvas/geometry.ts';
import {
  type Area,
  contentOf,
  layoutOf,
  minWindowSize,
  seenFormOf,
} from '../../src/view/layout.ts';
import { isPanelEqual } from '../../src/view/use-store.ts';
import { sevenPrediction } from '../fake-service.ts';
import { connectedService, exampleState } from '../state/example-state.ts';
import { drawSeven } from './components/seven.ts';

const small = layoutOf({ columns: 80, rows: 24 })!;
const large = layoutOf({ columns: 200, rows: 60 })!;

test('80×24 and the minimum size are large enough', t => {
  t.truthy(small);
  t.deepEqual(minWindowSize, { columns: 66, rows: 22 });
  t.truthy(layoutOf(minWindowSize));
});

test('one column or one row less than the minimum is too small', t => {
  t.is(layoutOf({ ...minWindowSize, columns: minWindowSize.columns - 1 }), undefined);
  t.is(layoutOf({ ...minWindowSize, rows: minWindowSize.rows - 1 }), undefined);
});

test('the canvas is 28×14 cells in a small window and 56×28 in a large one', t => {
  t.like(small, { form: 'half', canvas: { left: 1, top: 2, columns: 28, rows: 14 } });
  t.like(large, { form: 'wide', canvas: { columns: 56, rows: 28 } });
  t.is(layoutOf({ columns: 100, rows: 30 })?.form, 'half');
  t.is(layoutOf({ columns: 100, rows: 40 })?.form, 'wide');
});

test('larger windows show the network’s input larger, then all keys', t => {
  const shownIn = (columns: number, rows: number) => {
    const layout = layoutOf({ columns, rows })!;
    return [seenFormOf(layout), layout.panels.keys !== undefined];
  };
  t.deepEqual(shownIn(66, 22), ['none', false]);
  t.deepEqual(shownIn(80, 24), ['small', false]);
  t.deepEqual(shownIn(100, 30), ['half', false]);
  t.deepEqual(shownIn(94, 37), ['half', false]);
  t.deepEqual(shownIn(174, 40), ['half', true]);
  t.deepEqual(shownIn(200, 60), ['wide', true]);
});

test('a larger window shows all that a smaller one shows, but a larger canvas may take the rows of the keys', t => {
  const shownIn = (columns: number, rows: number): number[] => {
    const layout = layoutOf({ columns, rows })!;
    const seen = { none: 0, small: 1, half: 2, wide: 2 }[seenFormOf(layout)];
    const keys = layout.panels.keys === undefined ? layout.keyLines.rows - 1 : 2;
    const isWide = layout.form === 'wide';
    return [
      Number(isWide),
      seen,
      Number(layout.isStatusBoxed) + (isWide ? 1 : 0),
      isWide ? 2 : keys,
    ];
  };
  const { columns: minColumns, rows: minRows } = minWindowSize;
  for (let columns = minColumns; columns <= 200; columns++) {
    for (let rows = minRows; rows <= 60; rows++) {
      const shown = shownIn(columns, rows);
      const larger = [shownIn(columns + 1, rows), shownIn(columns, rows + 1)];
      const isKept = larger.every(each => each.every((part, index) => part >= shown[index]!));
      if (!isKept) t.fail(`${columns}×${rows}: ${shown}, then ${larger.join(' or ')}`);
    }
  }
  t.pass();
});

const windows = fc.record({
  columns: fc.integer({ min: minWindowSize.columns, max: 400 }),
  rows: fc.integer({ min: minWindowSize.rows, max: 200 }),
});

/** Without the side, which is the area of several panels. */
function areasIn(window: { readonly columns: number; readonly rows: number }): Area[] {
  const { header, keyLines, panels } = layoutOf(window)!;
  const { side: _, ...others } = panels;
  return [header, ...Object.values(others), keyLines].filter(area => area !== undefined);
}

const right = ({ left, columns }: Area) => left + columns;
const bottom = ({ top, rows }: Area) => top + rows;
const areApart = (one: Area, other: Area) =>
  right(one) <= other.left ||
  right(other) <= one.left ||
  bottom(one) <= other.top ||
  bottom(other) <= one.top;

test('in any window the panels are within it and apart from each other, and fill it', t => {
  const property = fc.property(windows, window => {
    const areas = areasIn(window);
    for (const [index, area] of areas.entries()) {
      t.true(area.left >= 0 && right(area) <= window.columns);
      t.true(area.top >= 0 && bottom(area) <= window.rows);
      t.true(areas.slice(index + 1).every(other => areApart(area, other)));
    }
    t.is(Math.min(...areas.map(area => area.top)), 0);
    t.is(Math.max(...areas.map(bottom)), window.rows);
    t.is(Math.max(...areas.map(right)), window.columns);
  });
  fc.assert(property);
});

test('a list beside the canvas has the rows of the layers too', t => {
  const window = { columns: 200, rows: 60 };
  const { side, layers } = layoutOf(window)!.panels;
  const list = layoutOf(window, 'list')!.panels;
  t.is(list.side.rows, side.rows + layers!.rows);
  t.is(list.layers, undefined);
});

test('in any window the panels beside the canvas fill the area of the side', t => {
  const property = fc.property(windows, window => {
    const { side, answer, digit, seen } = layoutOf(window)!.panels;
    const parts = [answer, digit, seen].filter(area => area !== undefined);
    const cells = ({ columns, rows }: Area) => columns * rows;
    t.is(
      parts.reduce((sum, area) => sum + cells(area), 0),
      cells(side),
    );
    t.true(contentOf(answer!).columns >= 34 && contentOf(answer!).rows >= 12);
    if (seen !== undefined) t.true(seen.columns >= 30 && seen.rows >= 16);
  });
  fc.assert(property);
});

for (const [name, { canvas }] of [
  ['small', small],
  ['large', large],
] as const) {
  test(`in a ${name} window the cells of the canvas are on it, their neighbours are not`, t => {
    const { left, top, columns, rows } = canvas;
    t.true(isInside({ x: left, y: top }, canvas));
    t.true(isInside({ x: left + columns - 0.01, y: top + rows - 0.01 }, canvas));
    t.false(isInside({ x: left - 1, y: top }, canvas));
    t.false(isInside({ x: left, y: top - 1 }, canvas));
    t.false(isInside({ x: left + columns, y: top }, canvas));
    t.false(isInside({ x: left, y: top + rows }, canvas));
  });

  test(`in a ${name} window every pixel maps to a cell that maps back to it`, t => {
    for (let y = 0; y < 28; y++) {
      for (let x = 0; x < 28; x++) {
        const [px, py] = pointAt(cellOf(x, y, canvas), canvas);
        t.true(Math.abs(px - (x + 0.5)) <= 0.5 && Math.abs(py - (y + 0.5)) <= 0.5);
      }
    }
  });
}

test('a whole cell maps to its centre, any other position to itself', t => {
  const { canvas } = small;
  t.deepEqual(pointAt({ x: canvas.left, y: canvas.top }, canvas), [0.5, 1]);
  t.deepEqual(pointAt({ x: canvas.left + 27, y: canvas.top + 13 }, canvas), [27.5, 27]);
  t.deepEqual(pointAt({ x: canvas.left + 0.25, y: canvas.top + 0.75 }, canvas), [0.25, 1.5]);
});

test('a cell beside the canvas maps outside the drawing', t => {
  const { canvas } = small;
  t.deepEqual(pointAt({ x: canvas.left - 1, y: canvas.top - 1 }, canvas), [-0.5, -1]);
});

const drawn = drawSeven.reduce(reduce, exampleState({ service: connectedService }));
const predicted = {
  ...drawn,
  predicted: { raster: rasterOf(drawn), prediction: sevenPrediction, isExplained: false },
};
const began: Action = { type: 'stroke-began', at: [3.5, 5.5], timeMs: 0 };

test('a mouse stroke, and a prediction and its request, change nothing that Ink draws', t => {
  t.true(isPanelEqual(drawn, predicted));
  t.true(isPanelEqual(predicted, reduce(predicted, began)));
  t.true(
    isPanelEqual(
      predicted,
      reduce(predicted, { type: 'prediction-requested', raster: rasterOf(drawn) }),
    ),
  );
});

test('a notice, a mode and the keyboard’s pen change what Ink draws', t => {
  for (const action of [
    { type: 'notice-shown', notice: { text: 'saved', isBad: false } },
    { type: 'mode-changed', mode: { type: 'help', top: 0 } },
    { type: 'pen-moved', dx: 1, dy: 0, timeMs: 0 },
    { type: 'brush-changed', steps: 1 },
  ] as const) {
    t.false(isPanelEqual(predicted, reduce(predicted, action)));
  }
});

test('the first layers to see bring the keys that select a neuron', t => {
  const prediction = { ...sevenPrediction, layers: [[1, 2], Array<number>(10).fill(0)] };
  const inside = { ...predicted, mode: insideMode };
  const withLayers = { ...inside, predicted: { ...predicted.predicted, prediction } };
  t.false(isPanelEqual(inside, withLayers));
});

test('a stroke that makes the prediction stale changes what Ink draws', t => {
  const quiet = { ...predicted, settings: { ...predicted.settings, isLive: false } };
  t.false(isPanelEqual(quiet, reduce(quiet, began)));
});
