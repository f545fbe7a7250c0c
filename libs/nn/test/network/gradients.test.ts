// Backpropagation against central differences, through a whole network.
import test from 'ava';
import { loopKernels } from '../../src/kernels/loops.ts';
import {
  backward,
  createActivations,
  createGradients,
  createNetwork,
  forward,
  layerSizesOf,
} from '../../src/network/network.ts';
import { Random } from '../../src/random.ts';

const sizes = [7, 11, 5, 3];
const M = 13;

function prepare() {
  const random = new Random(2);
  const network = createNetwork(loopKernels, random, sizes);
  const activations = createActivations(network, M);
  const gradients = createGradients(network, M);
  for (let i = 0; i < activations.input.length; i++) activations.input[i] = random.normal();
  for (const { bias } of network.layers) bias.set(bias.map(() => 0.1 * random.normal()));
  const labels = Uint8Array.from({ length: M }, (_, m) => m % 3);
  const meanLoss = () =>
    loopKernels.softmaxCrossEntropy(
      gradients.dOutputs.at(-1)!,
      forward(network, activations, M),
      labels,
      { M, N: 3 },
    ) / M;
  return { network, activations, gradients, meanLoss };
}

for (const [layer, size] of sizes.slice(1).entries()) {
  for (const part of ['weight', 'bias'] as const) {
    test(`the gradient by ${part} of layer ${layer} (${size} outputs) is the slope of the loss`, t => {
      const { network, activations, gradients, meanLoss } = prepare();
      meanLoss();
      backward(network, activations, gradients, M);
      const { dWeight, dBias } = gradients.parameters[layer]!;
      const computed = part === 'weight' ? dWeight : dBias;
      const values = network.layers[layer]![part];
      const step = 1e-3;
      for (let i = 0; i < values.length; i++) {
        const kept = values[i]!;
        values[i] = kept + step;
        const above = meanLoss();
        values[i] = kept - step;
        const slope = (above - meanLoss()) / (2 * step);
        values[i] = kept;
        t.true(
          Math.abs(slope - computed[i]!) < 2e-3,
          `${part} ${i}: ${computed[i]}, slope ${slope}`,
        );
      }
    });
  }
}

test('a network knows its layer sizes, and only its last layer lacks a ReLU', t => {
  const { network } = prepare();
  t.deepEqual(layerSizesOf(network), sizes);
  t.deepEqual(
    network.layers.map(layer => layer.activation),
    ['relu', 'relu', 'identity'],
  );
});
