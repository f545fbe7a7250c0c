// The arrays that a step updates, in panels, and copying between them and the training state, which is
// row-major for checkpoints and validation. All sizes but the network's inputs are padded to whole panels
// with zeros, which updates do not change.

import type { DenseLayer } from '../../engine/dense.ts';
import type { Kernels } from '../../engine/kernels/kernels.ts';
import { paddedColumns, panelsLength } from '../../engine/kernels/panels.ts';
import { type Network, parametersOf } from '../../engine/network.ts';
import type { OptimizerState } from '../../engine/optimizer.ts';
import { arraysOf, type TrainedArrays, type TrainingState } from '../state.ts';

/** The trained arrays: weights in panels [N / 32, K, 32], biases [N], with padded K inputs and N outputs. */
export interface PanelParameters {
  readonly layers: readonly DenseLayer[];
  /**
   * weightᵀ of each layer but the first, in panels [K / 32, N, 32]: updated along with the weight,
   * which is cheaper than packing it in every step
   */
  readonly transposedWeights: readonly (Float32Array | undefined)[];
  /** the moving average of the layers, if the configuration has `averaging` */
  readonly averaged: readonly DenseLayer[] | undefined;
  /** arrays of the same shapes as the parameters */
  readonly optimizerState: OptimizerState;
}

/** Copies the parameters of a state to panels. */
export function createPanelParameters(state: TrainingState): PanelParameters {
  const { network, averaged, optimizer } = state;
  const { kernels } = network;
  const { layers } = createPanelNetwork(network);
  const allocateLike = (name: string) => {
    const { columns, panelRows } = shapeOf(network, name);
    return kernels.allocate(panelsLength(panelRows, columns));
  };
  const parameters = {
    layers,
    transposedWeights: layers.map(({ inputs, outputs }, i) =>
      i === 0 ? undefined : kernels.allocate(panelsLength(outputs, inputs)),
    ),
    averaged: averaged && createPanelNetwork(network).layers,
    optimizerState: new Map(
      [...optimizer.state.keys()].map(name => [name, allocateLike(name)] as const),
    ),
  };
  packState(parameters, state);
  return parameters;
}

/** Copies a network to panels, for stages only: `forward` of engine/network.ts requires row-major weights. */
export function packNetwork(network: Network): Network {
  const packed = createPanelNetwork(network);
  packArrays(parametersOf(packed), parametersOf(network), network);
  return packed;
}

/** Copies the parameters back to the state. */
export function unpackState(parameters: PanelParameters, state: TrainingState): void {
  const { network } = state;
  const matrices = arraysOf(state);
  for (const [name, panels] of arraysOf(trainedArraysOf(parameters, network.kernels))) {
    network.kernels.unpackPanels(matrices.get(name)!, panels, shapeOf(network, name));
  }
}

/**
 * Copies the network that is validated, the average if there is one, to one of the same layer sizes.
 *
 * @param target row-major, in the kernels' memory
 */
export function unpackNetwork({ layers, averaged }: PanelParameters, target: Network): void {
  const matrices = parametersOf(target);
  const panels = parametersOf({ kernels: target.kernels, layers: averaged ?? layers });
  for (const [name, values] of panels) {
    target.kernels.unpackPanels(matrices.get(name)!, values, shapeOf(target, name));
  }
}

function packState(parameters: PanelParameters, state: TrainingState): void {
  const { network } = state;
  const { kernels } = network;
  packArrays(arraysOf(trainedArraysOf(parameters, kernels)), arraysOf(state), network);
  for (const [i, { inputs, outputs, weight }] of network.layers.entries()) {
    const transposed = parameters.transposedWeights[i];
    const panelRows = parameters.layers[i]!.outputs;
    const shape = { rows: inputs, columns: outputs, firstColumn: 0, panelRows };
    if (transposed) kernels.packTransposedPanels(transposed, weight, shape);
  }
}

function trainedArraysOf(parameters: PanelParameters, kernels: Kernels): TrainedArrays {
  const { layers, averaged, optimizerState } = parameters;
  return {
    network: { kernels, layers },
    averaged: averaged && { kernels, layers: averaged },
    optimizer: { state: optimizerState },
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

type NamedArrays = ReadonlyMap<string, Float32Array>;

/** Packs the arrays of a network or of its optimizer's state, matched by name. */
function packArrays(packed: NamedArrays, matrices: NamedArrays, network: Network): void {
  for (const [name, panels] of packed) {
    network.kernels.packPanels(panels, matrices.get(name)!, shapeOf(network, name));
  }
}

/** The shape of a parameter, or of an array of the optimizer's state for it; a bias is one row. */
function shapeOf({ layers }: Network, name: string) {
  const [, index, kind] = /layers\.(\d+)\.(weight|bias)$/.exec(name)!;
  const { inputs, outputs } = layers[Number(index)]!;
  const rows = kind === 'weight' ? inputs : 1;
  const isPadded = kind === 'weight' && Number(index) > 0;
  return { rows, columns: outputs, panelRows: isPadded ? paddedColumns(inputs) : rows };
}
