// The way forward through a network for many pictures: what is not 0 of them, and of every layer's
// output, is listed and multiplied with weights in panels.

import type { DenseLayer } from './dense.ts';
import type { Kernels } from './kernels/kernels.ts';
import { paddedColumns, panelsLength, panelWidth } from './kernels/panels.ts';
import { createSparseRows } from './kernels/sparse-rows.ts';
import type { Network } from './network.ts';

export interface SparseForward {
  /** [capacity, inputs], filled by the caller */
  readonly input: Float32Array;
  /** from one row of the logits to the next, in values */
  readonly logitsStride: number;
  /** Takes over the weights as they are now. */
  readonly pack: () => void;
  /** Runs the first M rows of the input through the network; the logits are its own. */
  readonly forward: (M: number) => Float32Array;
}

/** Rows of panels, two strips wide, that fit into the first cache. */
const segmentSteps = 128;

export function createSparseForward({ kernels, layers }: Network, capacity: number): SparseForward {
  const passes = layers.map(layer => createLayerPass(kernels, layer, capacity));
  const input = kernels.allocate(capacity * layers[0]!.inputs);
  const inputs = [input, ...passes.map(({ output }) => output)];
  return {
    input,
    logitsStride: paddedColumns(layers.at(-1)!.outputs),
    pack() {
      for (const { pack } of passes) pack();
    },
    forward(M) {
      for (const [i, { forward }] of passes.entries()) {
        forward(inputs[i]!, i === 0 ? layers[0]!.inputs : paddedColumns(layers[i]!.inputs), M);
      }
      return passes.at(-1)!.output;
    },
  };
}

/** One layer; its output is [capacity, whole strips], row by row. */
function createLayerPass(kernels: Kernels, layer: DenseLayer, capacity: number) {
  const { inputs, outputs, activation } = layer;
  const sparseRows = createSparseRows(kernels, capacity, inputs, segmentSteps);
  const panels = kernels.allocate(panelsLength(inputs, outputs));
  const bias = kernels.allocate(paddedColumns(outputs));
  const output = kernels.allocate(capacity * paddedColumns(outputs));
  const panelCount = paddedColumns(outputs) / panelWidth;
  const strides = { rowStride: paddedColumns(outputs), panelStride: panelWidth };
  return {
    output,
    pack() {
      kernels.packPanels(panels, layer.weight, {
        rows: inputs,
        columns: outputs,
        panelRows: inputs,
      });
      bias.set(layer.bias);
    },
    forward(input: Float32Array, width: number, M: number) {
      const some = { firstRow: 0, rows: M };
      kernels.compressRows(sparseRows, input, {
        ...some,
        panelWidth: width,
        panelRows: 0,
        firstColumn: 0,
        endColumn: inputs,
      });
      const shape = { ...some, depth: inputs, panelCount, panelRows: inputs, ...strides };
      kernels.sparseMatmul(output, { sparseRows, panels, bias }, shape, activation);
    },
  };
}
