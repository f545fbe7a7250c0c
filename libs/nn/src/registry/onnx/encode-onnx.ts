// Exports a model to ONNX for other runtimes. Temperature and softmax are included, so that the output is
// the probabilities. There is no import.

import { layerSizesOf, type Network } from '../../engine/network.ts';
import type { ModelDescription } from '../../inference/model.ts';
import { metadataOf } from '../model-file.ts';
import { encodeOnnxModel, type OnnxInitializer, type OnnxNode } from './onnx-messages.ts';

/** The versions of ONNX 1.12 (2022), which current runtimes support and which has all required operators. */
const irVersion = 8;
const operatorSetVersion = 17;

const input = 'pixels';
const output = 'probabilities';

/**
 * Encodes a model as ONNX: `pixels` [batch, inputs] → Gemm → Relu → … → Gemm → Div by temperature → Softmax →
 * `probabilities` [batch, classes], all float32. The metadata are those of the model file. The same
 * network and description give the same bytes.
 */
export function encodeOnnx(network: Network, description: ModelDescription): Uint8Array {
  const sizes = layerSizesOf(network);
  return encodeOnnxModel({
    irVersion,
    operatorSetVersion,
    producer: '@digits/nn',
    metadata: metadataOf(description),
    graph: {
      name: sizes.join('-'),
      nodes: nodesOf(network),
      initializers: initializersOf(network, description.temperature),
      inputs: [{ name: input, shape: ['batch', sizes[0]!] }],
      outputs: [{ name: output, shape: ['batch', sizes.at(-1)!] }],
    },
  });
}

/** The operators, all with default attributes. */
function nodesOf({ layers }: Network): OnnxNode[] {
  const nodes: OnnxNode[] = [];
  const append = (operator: string, inputs: string[], name: string) => {
    nodes.push({ operator, inputs, output: name });
    return name;
  };
  let value = input;
  for (const [i, { activation }] of layers.entries()) {
    const parameters = [`layers.${i}.weight`, `layers.${i}.bias`];
    value = append('Gemm', [value, ...parameters], `layers.${i}.sum`);
    if (activation === 'relu') value = append('Relu', [value], `layers.${i}.output`);
  }
  value = append('Div', [value, 'temperature'], 'scaledLogits');
  append('Softmax', [value], output);
  return nodes;
}

function initializersOf({ layers }: Network, temperature: number): OnnxInitializer[] {
  const parameters = layers.flatMap(({ inputs, outputs, weight, bias }, i) => [
    { name: `layers.${i}.weight`, shape: [inputs, outputs], values: weight },
    { name: `layers.${i}.bias`, shape: [outputs], values: bias },
  ]);
  return [...parameters, { name: 'temperature', shape: [], values: Float32Array.of(temperature) }];
}
