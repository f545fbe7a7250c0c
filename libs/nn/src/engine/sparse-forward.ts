// The way forward through a network for many pictures: what is not 0 of them, and of every layer's
// output, is listed and multiplied with weights in panels.

import type { DenseLayer } from './dense.ts';
import {
  createLists,
  type Kernels,
  panelColumns,
  panelsLength,
  wholeStrips,
} from './kernels/kernels.ts';
import type { Network } from './network.ts';

export interface ListPass {
  /** [capacity, inputs], filled by the caller */
  readonly input: Float32Array;
  /** from one row of the logits to the next, in values */
  readonly logitsGap: number;
  /** Takes over the weights as they are now. */
  readonly pack: () => void;
  /** Runs the first M rows of the input through the network; the logits are its own. */
  readonly forward: (M: number) => Float32Array;
}

/** Rows of panels, two strips wide, that fit into the first cache. */
const segmentSteps = 128;

export function createListPass({ kernels, layers }: Network, capacity: number): ListPass {
  const passes = layers.map(layer => createLayerPass(kernels, layer, capacity));
  const input = kernels.allocate(capacity * layers[0]!.inputs);
  const inputs = [input, ...passes.map(({ output }) => output)];
  return {
    input,
    logitsGap: wholeStrips(layers.at(-1)!.outputs),
    pack() {
      for (const { pack } of passes) pack();
    },
    forward(M) {
      for (const [i, { forward }] of passes.entries()) {
        forward(inputs[i]!, i === 0 ? layers[0]!.inputs : wholeStrips(layers[i]!.inputs), M);
      }
      return passes.at(-1)!.output;
    },
  };
}

/** One layer; its output is [capacity, whole strips], row by row. */
function createLayerPass(kernels: Kernels, layer: DenseLayer, capacity: number) {
  const { inputs, outputs, activation } = layer;
  const lists = createLists(kernels, capacity, inputs, segmentSteps);
  const panels = kernels.allocate(panelsLength(inputs, outputs));
  const bias = kernels.allocate(wholeStrips(outputs));
  const output = kernels.allocate(capacity * wholeStrips(outputs));
  const strips = wholeStrips(outputs) / panelColumns;
  const gaps = { rowGap: wholeStrips(outputs), stripGap: panelColumns };
  return {
    output,
    pack() {
      kernels.packPanels(panels, layer.weight, {
        rows: inputs,
        columns: outputs,
        capacity: inputs,
      });
      bias.set(layer.bias);
    },
    forward(input: Float32Array, width: number, M: number) {
      const some = { from: 0, rows: M };
      kernels.listRows(lists, input, { ...some, width, length: 0, first: 0, last: inputs });
      const shape = { ...some, steps: inputs, strips, length: inputs, ...gaps };
      kernels.multiplyLists(output, lists, panels, bias, shape, activation);
    },
  };
}
