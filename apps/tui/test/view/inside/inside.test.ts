// The view into the network: its places, its pictures, and whole frames with it.

import { rasterOf } from '@digits/client';
import test from 'ava';
import fc from 'fast-check';
import { mouseActions } from '../../../src/input/mouse-actions.ts';
import type { InsidePage } from '../../../src/state/inside/inside.ts';
import { insidePages } from '../../../src/state/inside/inside.ts';
import type { DisplayStyle } from '../../../src/view/display-style.ts';
import { heatMapRows, weightRows } from '../../../src/view/inside/heat-map.ts';
import {
  type InsideLayout,
  insideLayoutOf,
  type LayerPlace,
  layerStripOf,
  neuronAt,
} from '../../../src/view/inside/inside-layout.ts';
import { insideLayoutIn } from '../../../src/view/inside/inside-rows.ts';
import { spokenInside } from '../../../src/view/inside/inside-text.ts';
import { type Area, layoutIn, layoutOf, minWindowSize } from '../../../src/view/layout.ts';
import { neuronPositionAt } from '../../../src/view/places.ts';
import {
  exampleActivation,
  exampleNeuron,
  layeredPrediction,
} from '../../state/example-network.ts';
import { connectedService, fullColour } from '../../state/example-state.ts';
import { drawSeven } from '../components/seven.ts';
import { type ShowOptions, showApp } from '../components/show-app.ts';

const plain: DisplayStyle = { colours: 'none', theme: 'dark', glyphs: 'unicode' };

const partsOf = ({ layers, weights, digits, examples }: InsideLayout): Area[] =>
  [...layers.map(({ panel }) => panel), weights, digits, examples].filter(
    area => area !== undefined,
  );
const cells = ({ columns, rows }: Area) => columns * rows;
const isWithin = (one: Area, other: Area) =>
  one.left >= other.left &&
  one.top >= other.top &&
  one.left + one.columns <= other.left + other.columns &&
  one.top + one.rows <= other.top + other.rows;

const networks = fc.record({
  columns: fc.integer({ min: minWindowSize.columns, max: 300 }),
  rows: fc.integer({ min: minWindowSize.rows, max: 120 }),
  sizes: fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 5 }),
  page: fc.constantFrom<InsidePage>(...insidePages),
  layer: fc.integer({ min: 1, max: 5 }),
});

test('in any window, for any network, the parts fill the side, and each neuron has a pixel', t => {
  const property = fc.property(networks, ({ columns, rows, sizes, ...choice }) => {
    const { side } = layoutOf({ columns, rows }, 'inside')!.panels;
    const layout = insideLayoutOf(side, sizes, choice);
    const parts = partsOf(layout);
    t.true(parts.every(part => isWithin(part, side) && part.rows >= 3 && part.columns >= 3));
    t.is(
      parts.reduce((sum, part) => sum + cells(part), 0),
      cells(side),
    );
    for (const place of layout.layers) {
      t.true(isWithin(place.map, place.panel));
      t.true(neuronAt(place, 0, 2 * place.map.rows) >= place.neurons);
    }
  });
  fc.assert(property);
});

test('in a large window everything is shown at once, in a small one a page', t => {
  const shownIn = (columns: number, rows: number, page: InsidePage) => {
    const { side } = layoutOf({ columns, rows }, 'inside')!.panels;
    const layout = insideLayoutOf(side, [1536, 768], { page, layer: 2 });
    const { layers, weights, digits, examples } = layout;
    return [layers.length, ...[weights, digits, examples].map(area => area !== undefined)];
  };
  for (const page of insidePages) t.deepEqual(shownIn(200, 60, page), [2, true, true, true]);
  t.deepEqual(shownIn(80, 24, 'layer'), [1, false, false, false]);
  t.deepEqual(shownIn(80, 24, 'weights'), [0, true, true, false]);
  t.deepEqual(shownIn(66, 22, 'examples'), [0, false, false, true]);
});

test('in a window of few rows the view ends with the canvas', t => {
  for (const rows of [22, 23, 24, 25, 26]) {
    const { canvas, side, status } = layoutOf({ columns: 80, rows }, 'inside')!.panels;
    t.is(side.rows, canvas.rows);
    t.is(status.top + status.rows + 1, rows);
  }
});

test('below the canvas the panels of the layers fill their area, and each neuron has a pixel', t => {
  const property = fc.property(networks, ({ columns, rows, sizes }) => {
    const { layers: area } = layoutOf({ columns, rows })!.panels;
    if (area === undefined) return;
    const places = layerStripOf(area, sizes);
    t.true(places.every(({ panel, map }) => isWithin(panel, area) && isWithin(map, panel)));
    t.is(
      places.reduce((sum, { panel }) => sum + cells(panel), 0),
      cells(area),
    );
    for (const place of places) {
      t.true(neuronAt(place, 0, 2 * place.map.rows) >= place.neurons);
    }
  });
  fc.assert(property);
});

test('a neuron takes several cells if all of them fit', t => {
  const area = { left: 0, top: 0, columns: 10, rows: 10 };
  const [first, second] = layerStripOf(area, [3, 2]);
  t.deepEqual(first?.block, { columns: 2, pixelRows: 4 });
  t.deepEqual(heatMapRows(first!, [4, 0, 4], undefined, plain), ['██  ██  ', '██  ██  ']);
  t.is(neuronAt(first!, 5, 3), 2);
  t.is(second?.panel.rows, 6);
});

const place = (neurons: number, columns: number, rows: number, pool = 1): LayerPlace => ({
  ...{ layer: 1, neurons, pool, block: { columns: 1, pixelRows: 1 } },
  panel: { left: 0, top: 0, columns: columns + 2, rows: rows + 2 },
  map: { left: 1, top: 1, columns, rows },
});

test('a heat map is brighter where a neuron is more active, and marks the selected one', t => {
  t.deepEqual(heatMapRows(place(6, 3, 1), [0, 4, 0, 0, 0, 4], undefined, plain), [' ▀▄']);
  const style = { ...plain, colours: 'full' } as const;
  const [row = ''] = heatMapRows(place(2, 1, 1), [0, 4], 0, style);
  t.is(row, '\u{1b}[38;2;56;189;248m\u{1b}[48;2;252;255;164m▀\u{1b}[39;49m');
});

test('a pixel that several neurons share shows the most active of them', t => {
  t.deepEqual(heatMapRows(place(6, 3, 1, 2), [0, 0, 4, 0, 0, 4], undefined, plain), [' ▀▀']);
});

test('a silent layer has no brightness', t => {
  t.deepEqual(heatMapRows(place(4, 2, 1), [0, 0, 0, 0], undefined, plain), ['  ']);
});

test('weights have a hue for each sign, and without colour a character', t => {
  const { inputWeights } = exampleNeuron({ layer: 1, index: 0 });
  const rows = weightRows(inputWeights, plain);
  t.is(rows.length, 14);
  t.is(rows[0], '#'.repeat(28));
  t.is(rows[13], '='.repeat(28));
  t.deepEqual(new Set(weightRows(Array(784).fill(0), plain)), new Set([' '.repeat(28)]));
});

/** The view of a seven, with all that there is to know of the most active neuron. */
async function showInside(t: Parameters<typeof showApp>[0], options: ShowOptions) {
  const app = await showApp(t, drawSeven, { service: connectedService, ...options });
  await app.type('n');
  await app.predict(layeredPrediction);
  const position = { layer: 1, index: 17 };
  const raster = rasterOf(app.store.getState());
  await app.act(
    { type: 'neuron-received', neuron: exampleNeuron(position) },
    { type: 'neuron-activated', raster, activation: exampleActivation(position) },
  );
  return app;
}

test('at 200×60 the layers, the neuron and its examples are beside the canvas, and n leaves them', async t => {
  const { text, type, screen, lines } = await showInside(t, { columns: 200, rows: 60 });
  for (const part of [
    'Layer 1 of 2: 53 neurons',
    'Layer 2 of 2: 31 neurons',
    'Neuron 17 of layer 1',
    'Output 9.50 for this drawing, bias -0.25',
    'What excites neuron 17 of layer 1 most',
    '7: 12.50',
    'Digit: 7',
  ]) {
    t.true(text().includes(part), part);
  }
  t.regex(text(), /7 \+ █+/);
  t.regex(text(), /2 - █+/);
  const row = lines().findIndex(line => line.includes('Layer 1 of 2'));
  const left = lines()[row]?.indexOf('╭─ Layer 1') ?? -1;
  t.is(screen.cell(left + 1 + 17, row + 1).foreground, 0x38bdf8, 'the selected neuron');
  await type('\t');
  t.true(text().includes('Neuron 5 of layer 2'));
  await type('n');
  t.false(text().includes('What excites'));
  t.true(text().includes('Layer 1 of 2'), 'below the canvas');
});

for (const [columns, rows] of [
  [66, 22],
  [80, 24],
] as const) {
  test(`at ${columns}×${rows} Tab turns the pages, and arrows select a neuron on each`, async t => {
    const { text, type, store, act } = await showInside(t, { columns, rows });
    t.regex(text(), /Layer 1 of 2: 53 .*35 active/);
    t.regex(text(), /Neuron 17.*: .*for 7; against 2/);
    t.regex(text(), /6 +7█? +8/);
    await type('\u{1b}[C');
    t.regex(text(), /Neuron 18/);
    await act({ type: 'neuron-selected', position: { layer: 1, index: 17 } });
    await type('\u{1b}[Z');
    t.true(text().includes('What excites neuron 17'));
    t.true(text().includes('7: 12.50'));
    await type('\u{1b}[Z');
    t.true(text().includes('Neuron 17 of layer 1'));
    t.true(text().includes('its weights'));
    await type('\t', '\t');
    t.like(store.getState().mode, { page: 'layer', layer: 1 });
  });
}

test('with --ascii and without colour the view is ASCII, in every window and on every page', async t => {
  for (const [columns, rows, more] of [
    [66, 22, {}],
    [80, 24, { capabilities: { ...fullColour, colours: 'none' as const } }],
    [200, 60, { capabilities: { ...fullColour, colours: 16 as const } }],
  ] as const) {
    const { written, type } = await showInside(t, { columns, rows, isAscii: true, ...more });
    await type('\t', '\t', '\t');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control sequences
    t.regex(written(), /^[\x00-\x7e]*$/);
  }
});

test('a click on a neuron selects it, wherever the map is', async t => {
  for (const [columns, rows] of [
    [66, 22],
    [200, 60],
  ] as const) {
    const { store, lines } = await showInside(t, { columns, rows });
    const top = lines().findIndex(line => line.includes('Layer 1 of 2')) + 1;
    const left = (lines()[top - 1]?.indexOf('╭─ Layer 1') ?? -1) + 1;
    const state = store.getState();
    const { block } = insideLayoutIn(state, layoutIn(state)!.panels.side)!.layers[0]!;
    const press = { type: 'press', button: 'left', shift: false, alt: false, ctrl: false } as const;
    t.deepEqual(mouseActions({ ...press, x: left + 3 * block.columns, y: top }, state, 0), [
      { type: 'stroke-ended' },
      { type: 'neuron-selected', position: { layer: 1, index: 3 } },
    ]);
    t.is(neuronPositionAt(state, { x: left - 1, y: top }), undefined);
    t.is(neuronPositionAt(state, { x: left, y: top + 20 })?.layer === 1, false);
  }
});

test('one draws in the view, with the mouse and with h, j, k, l and Space', async t => {
  const { store, type, text } = await showInside(t, { columns: 80, rows: 24 });
  const drawn = rasterOf(store.getState());
  await type('l', ' ', 'j', ' ');
  t.not(rasterOf(store.getState()), drawn);
  await type('c');
  t.true(text().includes('the neurons that respond to it'));
});

test('a blank canvas names the keys that draw in the view', async t => {
  const { text } = await showApp(t, [{ type: 'inside-opened' }]);
  t.true(text().includes('h j k l and Space.'));
});

test('without a service the keys that select a neuron are not offered', async t => {
  const { lines } = await showApp(t, [{ type: 'inside-opened' }]);
  t.notRegex(lines().at(-1)!, /neuron|Tab/);
});

test('a service without layers is named, and drawing goes on', async t => {
  const { act, text } = await showApp(t, drawSeven, { service: connectedService });
  await act({ type: 'inside-opened' }, { type: 'layers-unsupported' });
  t.true(text().includes('This service does not show the layers of its'));
});

test('for a screen reader the view is sentences', async t => {
  const { store } = await showInside(t, {});
  t.deepEqual(spokenInside(store.getState()), [
    'Layer 1 of 2: 53 neurons, 35 active.',
    'Neuron 17 of layer 1: 9.50.',
    'Neuron 17 speaks for 7; against 2.',
    'Test images that excite neuron 17 most: 7, 7, 9.',
  ]);
});
