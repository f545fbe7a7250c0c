// Backpropagation against central differences, through a whole network, on every backend.

import test from 'ava';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import {
  backward,
  backwardToInput,
  createActivations,
  createNetwork,
  createOutputGradients,
  createParameterGradients,
  forward,
  layerSizesOf,
  parametersOf,
} from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';

const sizes = [7, 11, 5, 3];
const M = 13;
const step = 1e-3;
const tolerance = 2e-3;

/** A small network, a batch in its activations, and the mean loss of both as they are now. */
function prepare(kernels: Kernels, labelSmoothing = 0) {
  const random = new Random(2);
  const network = createNetwork(kernels, random, sizes);
  const activations = createActivations(network, M);
  const dOutputs = createOutputGradients(network, M);
  for (let i = 0; i < activations.input.length; i++) activations.input[i] = random.normal();
  for (const { bias } of network.layers) bias.set(bias.map(() => 0.1 * random.normal()));
  const labels = kernels.allocateLabels(M);
  for (let m = 0; m < M; m++) labels[m] = m % 3;
  const meanLoss = () => {
    const logits = forward(network, activations, M);
    const shape = { M, N: 3, labelSmoothing };
    return kernels.softmaxCrossEntropy(dOutputs.at(-1)!, logits, labels, shape) / M;
  };
  return { network, activations, dOutputs, meanLoss };
}

/** The slope of a function by one value of an array. */
function slopeBy(values: Float32Array, i: number, value: () => number): number {
  const kept = values[i]!;
  values[i] = kept + step;
  const above = value();
  values[i] = kept - step;
  const below = value();
  values[i] = kept;
  return (above - below) / (2 * step);
}

for (const kernels of [loopKernels, createWasmKernels('plain'), createWasmKernels('relaxed')]) {
  for (const labelSmoothing of [0, 0.2]) {
    const title = `gradients by all parameters are slopes of the loss, smoothing ${labelSmoothing}`;
    test(`${kernels.name}: the ${title}`, t => {
      const { network, activations, dOutputs, meanLoss } = prepare(kernels, labelSmoothing);
      const gradients = createParameterGradients(network);
      meanLoss();
      backward(network, { activations, dOutputs }, gradients, M);
      const computed = gradients.flatMap(({ dWeight, dBias }) => [dWeight, dBias]);
      for (const [index, [name, values]] of [...parametersOf(network)].entries()) {
        for (let i = 0; i < values.length; i++) {
          const slope = slopeBy(values, i, meanLoss);
          const gradient = computed[index]![i]!;
          t.true(Math.abs(slope - gradient) < tolerance, `${name} ${i}: ${gradient}, ${slope}`);
        }
      }
    });
  }

  test(`${kernels.name}: the gradient by the input is the slope of the loss`, t => {
    const { network, activations, dOutputs, meanLoss } = prepare(kernels);
    const dInput = kernels.allocate(activations.input.length);
    meanLoss();
    backwardToInput(network, { activations, dOutputs }, dInput, M);
    for (let i = 0; i < dInput.length; i++) {
      const slope = slopeBy(activations.input, i, meanLoss);
      t.true(Math.abs(slope - dInput[i]!) < tolerance, `input ${i}: ${dInput[i]}, ${slope}`);
    }
  });
}

test('a network has the given layer sizes, and ReLU after every layer but the last', t => {
  const { network } = prepare(loopKernels);
  t.deepEqual(layerSizesOf(network), sizes);
  t.deepEqual(
    network.layers.map(layer => layer.activation),
    ['relu', 'relu', 'identity'],
  );
});
