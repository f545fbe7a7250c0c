// The view into the network: its layers as heat maps, and the selected neuron with its weights, the digits
// that it speaks for and the test images that excite it most. Nothing is requested while it is closed.

import {
  activeCount,
  createNeuronRequests,
  digitWeightsOf,
  formatOutput,
  fractionsOf,
  heatColour,
  heatOf,
  type InsideView,
  moveChoice,
  type Neuron,
  type NeuronActivation,
  type NeuronExample,
  neuronPath,
  neuronSentences,
  nextNeuronRequest,
  rasterOf,
  reduceInside,
  type SelectedNeuron,
  type ShownLayer,
  selectionIn,
  shownLayersOf,
  shownPrediction,
} from '@digits/client';
import type { Neuron as NeuronAnswer } from '@digits/protocol';
import { digitCount } from '@digits/protocol/constants';
import { bytesOf } from './base64.ts';
import {
  byId,
  type Colour,
  create,
  eachFrame,
  paint,
  paintInk,
  signedColour,
  update,
} from './dom.ts';
import type { Page } from './page.ts';
import { ServiceError } from './service/service.ts';
import { fileOf, type State } from './state.ts';

/** Neurons in a row of a map: a hidden layer of 1,536 is as high as two thirds of its width. */
const mapColumns = 48;

/** Between two requests for test images that the service is still looking for. */
const examplesIntervalMs = 1000;

export function createInsidePanel(element: HTMLDetailsElement, page: Page): void {
  const { store } = page;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const maps: HTMLCanvasElement[] = [];
  let examples: readonly NeuronExample[] | undefined;

  function show(state: State, last?: State): void {
    const selection = selectionOf(state);
    update(byId('inside-view'), { hidden: selection === undefined });
    update(byId('inside-hint'), { hidden: selection !== undefined });
    const { prediction } = shownPrediction(state) ?? {};
    if (selection === undefined || prediction === undefined) return;
    const isSame = (['predicted', 'inside', 'neuron'] as const).every(
      name => state[name] === last?.[name],
    );
    if (isSame && last?.needsLayers) return;
    const heat = (value: number): Colour => [
      ...heatColour(value, dark.matches ? 'dark' : 'light'),
      255,
    ];
    const layers = shownLayersOf(prediction);
    for (const layer of layers) {
      maps[layer.layer - 1] ??= createMap(layer.layer, page);
      showLayer(maps[layer.layer - 1]!, layer, selection, heat);
    }
    for (const [index, map] of maps.entries()) map.parentElement!.hidden = index >= layers.length;
    paintInk(byId('inside-seen'), prediction.seen?.map(ink => 255 * ink) ?? []);
    showTen(byId('outputs'), digit => heat(prediction.probabilities[digit] ?? 0));
    showNeuron(selection);
    if (examples === selection.neuron?.examples) return;
    examples = selection.neuron?.examples;
    byId('examples').replaceChildren(...(examples ?? []).map(exampleFigure));
  }

  element.addEventListener('toggle', () => store.set({ needsLayers: element.open }));
  dark.addEventListener('change', () => show(store.get()));
  store.subscribe(startRequests(page));
  eachFrame(store, show);
}

function viewOf(state: State): InsideView {
  return { inside: state.inside, choice: state.neuron, predicted: shownPrediction(state) };
}

/** @returns the selected neuron; undefined while the view is closed */
function selectionOf(state: State): SelectedNeuron | undefined {
  return state.needsLayers ? selectionIn(viewOf(state)) : undefined;
}

/** @returns a function to call after each change of the state */
function startRequests({ store, service }: Page): () => void {
  return createNeuronRequests({
    dueRequest() {
      const state = store.get();
      const isReady = state.needsLayers && state.service.status === 'connected';
      if (!isReady || state.pendingRaster !== undefined) return undefined;
      return nextNeuronRequest(viewOf(state), rasterOf(state));
    },
    selection: () => selectionOf(store.get()),
    isPredicting: () => store.get().pendingRaster !== undefined,
    isRequested: () => store.get().inside.isRequested,
    dispatch: action => store.set({ inside: reduceInside(store.get().inside, action) }),
    async fetchNeuron(position, signal) {
      return neuronIn((await service.send(neuronPath(position), { signal })) as NeuronAnswer);
    },
    async fetchActivation(raster, position, signal) {
      const request = { method: 'POST', body: fileOf(raster, store.get()), signal } as const;
      return (await service.send(neuronPath(position), request)) as NeuronActivation;
    },
    failureText: error => (error instanceof ServiceError ? error.message : undefined),
    startTimer: onExpired => void setTimeout(onExpired, examplesIntervalMs),
  });
}

function neuronIn({ examples, ...answer }: NeuronAnswer): Neuron {
  const decoded = examples?.map(({ pixels, ...example }) => ({
    ...example,
    pixels: bytesOf(pixels),
  }));
  return { ...answer, examples: decoded };
}

/** A layer as a slider over its neurons, a pixel each; its value in words describes the neuron. */
function createMap(layer: number, { store }: Page): HTMLCanvasElement {
  const figure = create('figure');
  const map = create('canvas', { role: 'slider', tabIndex: 0 });
  figure.append(create('figcaption'), map, create('span'));
  byId('layers').append(figure);
  const choose = (index?: number) => store.set({ neuron: { layer, index } });
  map.addEventListener('focus', () => store.get().neuron.layer === layer || choose());
  map.addEventListener('keydown', event => {
    const steps = stepsOfKey(event.key);
    if (steps === undefined) return;
    event.preventDefault();
    const state = store.get();
    const layers = shownLayersOf(shownPrediction(state)?.prediction);
    store.set({ neuron: moveChoice(layers, state.neuron, steps) ?? state.neuron });
  });
  for (const type of ['pointerdown', 'pointermove'] as const) {
    map.addEventListener(type, ({ buttons, offsetX, offsetY }) => {
      const { clientWidth, clientHeight, height } = map;
      const at = { x: offsetX / clientWidth, y: offsetY / clientHeight };
      if (buttons === 1) choose(neuronAt(at, height));
    });
  }
  return map;
}

/** @param at across and down the map, 0…1 @returns the index, which may be beyond the last neuron */
export function neuronAt(at: { readonly x: number; readonly y: number }, rows: number): number {
  const cell = (part: number, cells: number) =>
    Math.min(Math.max(Math.floor(part * cells), 0), cells - 1);
  return cell(at.y, rows) * mapColumns + cell(at.x, mapColumns);
}

/** @returns by how many neurons a key moves the selection */
export function stepsOfKey(key: string): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -mapColumns, ArrowDown: mapColumns },
    ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
  };
  return steps[key];
}

function showLayer(
  map: HTMLCanvasElement,
  { layer, values }: ShownLayer,
  selection: SelectedNeuron,
  heat: (value: number) => Colour,
): void {
  const greatest = Math.max(...values);
  const isSelected = selection.position.layer === layer;
  const index = isSelected ? selection.position.index : values.indexOf(greatest);
  update(map, { width: mapColumns, height: Math.ceil(values.length / mapColumns) });
  paint(map, at => (at < values.length ? heat(heatOf(values[at]!, greatest)) : [0, 0, 0, 0]));
  const caption = `Layer ${layer}: ${values.length} neurons, ${activeCount({ values })} active`;
  map.previousElementSibling!.textContent = caption;
  update(map, {
    ariaLabel: caption,
    ariaValueMin: '0',
    ariaValueMax: `${values.length - 1}`,
    ariaValueNow: `${index}`,
    ariaValueText: isSelected
      ? neuronSentences(selection).join(' ')
      : `Neuron ${index}, not selected`,
  });
  const mark = map.nextElementSibling as HTMLElement;
  mark.hidden = !isSelected;
  mark.style.setProperty('--x', `${index % mapColumns}`);
  mark.style.setProperty('--y', `${Math.floor(index / mapColumns)}`);
  mark.style.setProperty('--rows', `${map.height}`);
}

function showNeuron(selection: SelectedNeuron): void {
  const { position, neuron, activation } = selection;
  byId('neuron').textContent = neuronSentences(selection).join(' ');
  const isFirst = position.layer === 1;
  // The weights of the first layer are the same for every drawing.
  const weights = (isFirst ? neuron : (activation ?? neuron))?.inputWeights ?? [];
  paint(byId('weights'), colourOfWeights(weights));
  byId('weights-kind').textContent = isFirst ? 'Its weights' : 'Along active paths';
  showTen(byId('speaks'), colourOfWeights(digitWeightsOf(selection) ?? []));
}

function colourOfWeights(weights: readonly number[]): (index: number) => Colour {
  const fractions = fractionsOf(weights);
  return index => signedColour(fractions[index] ?? 0);
}

function exampleFigure({ pixels, label, activation }: NeuronExample): HTMLElement {
  const figure = create('figure');
  const picture = create('canvas', { width: 28, height: 28, className: 'ink', role: 'img' });
  picture.ariaLabel = `Test image of ${label}`;
  paintInk(picture, pixels);
  const textContent = `${label}: ${formatOutput(activation)}`;
  figure.append(picture, create('figcaption', { textContent }));
  return figure;
}

/** A coloured cell above each of the ten digits. */
function showTen(row: HTMLElement, colourOf: (digit: number) => Colour): void {
  const cells = Array.from({ length: digitCount }, (_, digit) => {
    const cell = create('span', { textContent: `${digit}` });
    const [red, green, blue, opacity] = colourOf(digit);
    cell.style.setProperty('--colour', `rgb(${red} ${green} ${blue} / ${opacity / 255})`);
    return cell;
  });
  row.replaceChildren(...cells);
}
