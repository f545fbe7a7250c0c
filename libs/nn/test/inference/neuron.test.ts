// Looking inside a network: outputs, weights carried to the input and to the classes, strongest images.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { forward } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import {
  hasNeuron,
  layerOutputs,
  neuronParameters,
  weightsToClasses,
  weightsToInput,
} from '../../src/inference/neuron.ts';
import { imagesPerNeuron, searchStrongestImages } from '../../src/inference/strongest-images.ts';
import { createUntrainedModel } from './untrained-model.ts';

const layerSizes = [7, 13, 11, 5];
const random = new Random(3);
const model = createUntrainedModel(loopKernels, random, layerSizes);
const { network } = model;
const pixels = Float32Array.from({ length: 7 }, () => random.uniform());
const outputs = layerOutputs(model, pixels);

/** Every neuron of the network. */
const positions = layerSizes
  .slice(1)
  .flatMap((N, l) => Array.from({ length: N }, (_, index) => ({ layer: l + 1, index })));

function areClose(one: number, other: number): boolean {
  return Math.abs(one - other) < 2e-3;
}

test('the outputs of every layer are given, the logits last', t => {
  t.deepEqual(
    outputs.map(({ length }) => length),
    layerSizes.slice(1),
  );
  t.true(outputs[0]!.some(value => value === 0) && outputs[0]!.some(value => value > 0));
  t.deepEqual(outputs.at(-1), forward(network, model.activations, 1).slice());
});

test('a neuron is in a layer after the input, within its size', t => {
  t.true(positions.every(position => hasNeuron(network, position)));
  for (const [layer, index] of [
    [0, 0],
    [1, 13],
    [3, 5],
    [4, 0],
    [1, -1],
  ] as const) {
    t.false(hasNeuron(network, { layer, index }), `${layer}, ${index}`);
  }
});

/** The value of a neuron before its ReLU, from the outputs of the layer before. */
function preActivation(position: (typeof positions)[number], input: Float32Array): number {
  const before = position.layer === 1 ? input : layerOutputs(model, input)[position.layer - 2]!;
  const { bias, weights } = neuronParameters(network, position);
  return weights.reduce((sum, weight, k) => sum + weight * before[k]!, bias);
}

test('the parameters of a neuron give its output', t => {
  for (const position of positions) {
    const value = preActivation(position, pixels);
    const output = position.layer === 3 ? value : Math.max(0, value);
    t.true(areClose(output, outputs[position.layer - 1]![position.index]!));
  }
});

test('carried back along the active path, weights are the slope of the neuron by each input', t => {
  for (const position of positions) {
    const weights = weightsToInput(network, position, outputs);
    for (let i = 0; i < pixels.length; i++) {
      const above = preActivation(position, pixels.with(i, pixels[i]! + 1e-3));
      const below = preActivation(position, pixels.with(i, pixels[i]! - 1e-3));
      t.true(areClose((above - below) / 2e-3, weights[i]!), `${position.layer}, input ${i}`);
    }
  }
});

/** The logits if one neuron's output is changed by 1, within the same linear piece. */
function logitsWith({ layer, index }: (typeof positions)[number]): Float32Array {
  let values = outputs[layer - 1]!.with(index, outputs[layer - 1]![index]! + 1);
  for (let l = layer; l < network.layers.length; l++) {
    const reached = outputs[l]!;
    const isLast = l === network.layers.length - 1;
    const input = values;
    values = Float32Array.from({ length: layerSizes[l + 1]! }, (_, index) => {
      const { bias, weights } = neuronParameters(network, { layer: l + 1, index });
      const isActive = isLast || reached[index]! > 0;
      return isActive ? weights.reduce((sum, weight, k) => sum + weight * input[k]!, bias) : 0;
    });
  }
  return values;
}

test('carried on along the active path, an output adds to each logit', t => {
  for (const position of positions) {
    const slopes = weightsToClasses(network, position, outputs);
    for (const [digit, logit] of logitsWith(position).entries()) {
      t.true(areClose(logit - outputs.at(-1)![digit]!, slopes[digit]!));
    }
  }
});

test('without an image every neuron counts as active', t => {
  const allActive = network.layers.map(layer => new Float32Array(layer.outputs).fill(1));
  for (const position of positions) {
    t.deepEqual(weightsToInput(network, position), weightsToInput(network, position, allActive));
    t.deepEqual(
      weightsToClasses(network, position),
      weightsToClasses(network, position, allActive),
    );
  }
  const first = { layer: 1, index: 4 };
  t.deepEqual(weightsToInput(network, first), neuronParameters(network, first).weights);
  t.deepEqual([...weightsToClasses(network, { layer: 3, index: 2 })], [0, 0, 1, 0, 0]);
});

for (const kernels of [loopKernels, createWasmKernels('plain')]) {
  for (const count of [0, 5, 31]) {
    test(`${kernels.name}: the strongest of ${count} images are those of a sort of all outputs`, t => {
      const draw = new Random(5);
      const searched = createUntrainedModel(kernels, draw, layerSizes);
      const images = Array.from({ length: count }, () =>
        Float32Array.from({ length: 7 }, () => draw.uniform()),
      );
      const all = images.map(image => layerOutputs(searched, image));
      const capacity = 3;
      const search = searchStrongestImages(searched.network, capacity);
      for (let start = 0; start < count; start += capacity) {
        const batch = images.slice(start, start + capacity);
        search.add(
          Float32Array.from(batch.flatMap(image => [...image])),
          batch.map((_, m) => start + m),
        );
      }
      for (const { layer, index } of positions) {
        const sorted = all
          .map((layers, image) => ({ image, value: layers[layer - 1]![index]! }))
          .filter(({ value }) => value > 0)
          .sort((a, b) => b.value - a.value)
          .slice(0, imagesPerNeuron);
        const found = search.layers[layer - 1]!;
        const start = index * imagesPerNeuron;
        const rest = Array(imagesPerNeuron - sorted.length).fill(-1);
        t.deepEqual(
          [...found.images.subarray(start, start + imagesPerNeuron)],
          [...sorted.map(({ image }) => image), ...rest],
        );
        for (const [i, { value }] of sorted.entries()) {
          t.true(Math.abs(found.outputs[start + i]! - value) < 1e-5);
        }
      }
    });
  }
}
