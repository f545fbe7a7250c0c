// The arrays of a training in panels, as its threads work on them, and the way from and to the state
// in rows, which checkpoints and measurements read.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { paddedColumns, panelsLength } from '../../engine/kernels/panels.ts';
import { type Network, parametersOf } from '../../engine/network.ts';
import { arraysOf, type TrainedArrays, type TrainingState } from '../state.ts';
import type { SharedRun } from './shared-run.ts';

/** Room for everything that a step changes. */
export function createPanelState({ network, averaged, optimizer }: TrainingState): TrainedArrays {
  const { kernels } = network;
  const room = (name: string) => kernels.allocate(roomOf(network, name));
  return {
    network: createPanelNetwork(network),
    averaged: averaged && createPanelNetwork(network),
    optimizer: { state: new Map([...optimizer.state.keys()].map(name => [name, room(name)])) },
  };
}

function createPanelNetwork({ kernels, layers }: Network): Network {
  return { kernels, layers: layers.map((layer, i) => createPanelLayer(kernels, layer, i)) };
}

function createPanelLayer(kernels: Kernels, layer: DenseLayer, index: number): DenseLayer {
  const inputs = index === 0 ? layer.inputs : paddedColumns(layer.inputs);
  const outputs = paddedColumns(layer.outputs);
  return {
    inputs,
    outputs,
    activation: layer.activation,
    weight: kernels.allocate(panelsLength(inputs, outputs)),
    bias: kernels.allocate(outputs),
  };
}

/** A copy of a network in panels. */
export function packNetwork(network: Network): Network {
  const packed = createPanelNetwork(network);
  packArrays(parametersOf(packed), parametersOf(network), network);
  return packed;
}

type NamedArrays = ReadonlyMap<string, Float32Array>;

/** Packs arrays of a network, or of what an optimizer keeps for it, by their names. */
function packArrays(packed: NamedArrays, rows: NamedArrays, network: Network): void {
  for (const [name, panels] of packed) {
    network.kernels.packPanels(panels, rows.get(name)!, shapeOf(network, name));
  }
}

/** The shape of a parameter's array, or of one that an optimizer keeps for it; a bias is one row. */
function shapeOf({ layers }: Network, name: string) {
  const [, index, kind] = /layers\.(\d+)\.(weight|bias)$/.exec(name)!;
  const { inputs, outputs } = layers[Number(index)]!;
  const rows = kind === 'weight' ? inputs : 1;
  const isFirst = Number(index) === 0;
  const panelRows = kind === 'weight' && !isFirst ? paddedColumns(inputs) : rows;
  return { rows, columns: outputs, panelRows };
}

function roomOf(network: Network, name: string): number {
  const { columns, panelRows } = shapeOf(network, name);
  return panelsLength(panelRows, columns);
}

/** Packs the whole state: after it was set from elsewhere. */
export function packState(run: SharedRun, state: TrainingState): void {
  const { kernels, layers, rooms } = run;
  const rows = arraysOf(state);
  packArrays(arraysOf(stateOf(run)), rows, state.network);
  for (const [i, { inputs, outputs }] of state.network.layers.entries()) {
    const { transposed } = rooms[i]!;
    const weight = rows.get(`layers.${i}.weight`)!;
    const shape = { rows: inputs, columns: outputs, firstColumn: 0, panelRows: layers[i]!.outputs };
    if (transposed) kernels.packTransposedPanels(transposed, weight, shape);
  }
}

/** Sets the state to what the threads have made of it. */
export function unpackState(run: SharedRun, state: TrainingState): void {
  const rows = arraysOf(state);
  for (const [name, panels] of arraysOf(stateOf(run))) {
    run.kernels.unpackPanels(rows.get(name)!, panels, shapeOf(state.network, name));
  }
}

function stateOf({ kernels, layers, averaged, optimizerState }: SharedRun): TrainedArrays {
  return {
    network: { kernels, layers },
    averaged: averaged && { kernels, layers: averaged },
    optimizer: { state: optimizerState },
  };
}
