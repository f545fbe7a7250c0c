// The readable network against central differences, and the network on every backend against it.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import {
  backwardToInput,
  createActivations,
  createNetwork,
  createOutputGradients,
  forward,
  layerSizesOf,
} from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import * as readable from '../../src/engine/readable.ts';
import { readableBatchOf } from './readable-copy.ts';

const sizes = [7, 11, 5, 3];
const M = 13;

/** A small network with biases that are not 0, and a batch for it. */
function prepare(labelSmoothing = 0) {
  const random = new Random(2);
  const layers = readable.createLayers(random, sizes);
  for (const { bias } of layers) bias.set(bias.map(() => 0.1 * random.normal()));
  const input = Array.from({ length: M * 7 }, () => random.normal());
  const labels = Uint8Array.from({ length: M }, (_, m) => m % 3);
  const batch = readableBatchOf(input, labels, 3, labelSmoothing);
  return { layers, batch, lossOf: () => readable.lossAndGradients(layers, batch).loss };
}

/** The slope of a function by one value of an array: the central difference, with an error of step². */
function slopeBy(values: Float64Array, i: number, value: () => number): number {
  const step = 1e-5;
  const kept = values[i]!;
  values[i] = kept + step;
  const above = value();
  values[i] = kept - step;
  const below = value();
  values[i] = kept;
  return (above - below) / (2 * step);
}

for (const labelSmoothing of [0, 0.2]) {
  test(`readable: the gradients by all parameters are slopes of the loss, smoothing ${labelSmoothing}`, t => {
    const { layers, batch, lossOf } = prepare(labelSmoothing);
    const { gradients } = readable.lossAndGradients(layers, batch);
    for (const [l, { dWeight, dBias }] of gradients.entries()) {
      const pairs = [
        ['weight', dWeight],
        ['bias', dBias],
      ] as const;
      for (const [name, gradient] of pairs) {
        for (let i = 0; i < gradient.length; i++) {
          const slope = slopeBy(layers[l]![name], i, lossOf);
          const difference = Math.abs(slope - gradient[i]!);
          t.true(difference < 1e-8, `${name} ${i} of layer ${l}: ${gradient[i]}, ${slope}`);
        }
      }
    }
  });
}

test('readable: steps of gradient descent learn a batch by heart', t => {
  const { layers, batch } = prepare();
  for (let step = 0; step < 500; step++) readable.trainStep(layers, batch, 0.5);
  t.true(readable.trainStep(layers, batch, 0) < 0.01);
});

for (const kernels of [loopKernels, createWasmKernels('plain'), createWasmKernels('relaxed')]) {
  test(`${kernels.name}: logits and the gradient by the input are those of the readable network`, t => {
    const { layers, batch, lossOf } = prepare();
    const network = createNetwork(kernels, new Random(1), sizes);
    for (const [l, { weight, bias }] of layers.entries()) {
      network.layers[l]!.weight.set(weight);
      network.layers[l]!.bias.set(bias);
    }
    const activations = createActivations(network, M);
    activations.input.set(batch.input);
    const logits = forward(network, activations, M);
    const expected = readable.forward(layers, batch.input, M).at(-1)!;
    for (const [i, logit] of expected.entries()) t.true(Math.abs(logits[i]! - logit) < 1e-5);

    const dOutputs = createOutputGradients(network, M);
    const probabilities = readable.softmax(expected, M);
    dOutputs.at(-1)!.set(readable.softmaxCrossEntropyBackward(probabilities, batch.targets, M));
    const dInput = kernels.allocate(batch.input.length);
    backwardToInput(network, { activations, dOutputs }, dInput, M);
    for (let i = 0; i < dInput.length; i++) {
      const slope = slopeBy(batch.input, i, lossOf);
      t.true(Math.abs(slope - dInput[i]!) < 1e-6, `input ${i}: ${dInput[i]}, ${slope}`);
    }
  });
}

test('a network has the given layer sizes, and ReLU after every layer but the last', t => {
  const network = createNetwork(loopKernels, new Random(1), sizes);
  t.deepEqual(layerSizesOf(network), sizes);
  t.deepEqual(
    network.layers.map(layer => layer.activation),
    ['relu', 'relu', 'identity'],
  );
});
