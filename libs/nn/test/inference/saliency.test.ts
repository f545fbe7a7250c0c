import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { forward } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import { createInputGradient } from '../../src/inference/saliency.ts';
import { createUntrainedModel } from './untrained-model.ts';

const layerSizes = [7, 11, 5];
const random = new Random(3);
const model = createUntrainedModel(loopKernels, random, layerSizes);
const { network } = model;

test('the input gradient is the slope of the logit by each value of the input', t => {
  const inputGradient = createInputGradient(model);
  const pixels = Float32Array.from({ length: 7 }, () => random.uniform());
  for (let digit = 0; digit < 5; digit++) {
    const gradient = inputGradient(pixels, digit);
    for (let i = 0; i < pixels.length; i++) {
      const logitAt = (value: number) => {
        model.activations.input.set(pixels.with(i, value));
        return forward(network, model.activations, 1)[digit]!;
      };
      const slope = (logitAt(pixels[i]! + 1e-3) - logitAt(pixels[i]! - 1e-3)) / 2e-3;
      t.true(Math.abs(slope - gradient[i]!) < 2e-3, `logit ${digit}, input ${i}`);
    }
  }
});
