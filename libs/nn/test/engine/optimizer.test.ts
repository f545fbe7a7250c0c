// Each optimizer against its published formula, step by step in float64, over three steps.

import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createNetwork, parametersOf } from '../../src/engine/network.ts';
import { createOptimizer, type OptimizerOptions } from '../../src/engine/optimizer.ts';
import { Random } from '../../src/engine/random.ts';

const learningRate = 0.1;
const steps = 3;

/** A weight and a bias after the optimizer's steps with a gradient of 0.5. */
function runOptimizer(options: OptimizerOptions): { weight: number; bias: number } {
  const network = createNetwork(loopKernels, new Random(1), [1, 1]);
  const { weight, bias } = network.layers[0]!;
  weight[0] = 2;
  bias[0] = 2;
  const optimizer = createOptimizer(network, options);
  for (const parameter of [0, 1]) {
    const step = optimizer.createPartialStep(parameter, 0, 1);
    for (let count = 1; count <= steps; count++) step(Float32Array.of(0.5), learningRate, count);
  }
  return { weight: weight[0]!, bias: bias[0]! };
}

function close(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) < 1e-6;
}

for (const nesterov of [false, true]) {
  test(`SGD with ${nesterov ? 'Nesterov' : 'classical'} momentum follows its formula`, t => {
    const momentum = 0.9;
    const follow = (weightDecay: number) => {
      let w = 2;
      let v = 0;
      for (let i = 0; i < steps; i++) {
        const g = 0.5 + weightDecay * w;
        v = momentum * v + g;
        w -= learningRate * (nesterov ? g + momentum * v : v);
      }
      return w;
    };
    const { weight, bias } = runOptimizer({ type: 'sgd', momentum, nesterov, weightDecay: 0.01 });
    t.true(close(weight, follow(0.01)));
    t.true(close(bias, follow(0)), 'biases do not decay');
  });
}

test('AdamW follows its formula', t => {
  const options = {
    type: 'adamw',
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    weightDecay: 0.1,
  } as const;
  const follow = (weightDecay: number) => {
    let w = 2;
    let m = 0;
    let v = 0;
    for (let i = 1; i <= steps; i++) {
      m = 0.9 * m + 0.1 * 0.5;
      v = 0.99 * v + 0.01 * 0.25;
      w -= learningRate * weightDecay * w;
      w -= (learningRate * (m / (1 - 0.9 ** i))) / (Math.sqrt(v / (1 - 0.99 ** i)) + 1e-8);
    }
    return w;
  };
  const { weight, bias } = runOptimizer(options);
  t.true(close(weight, follow(0.1)));
  t.true(close(bias, follow(0)), 'biases do not decay');
});

test('the state of an optimizer holds every array that it keeps between steps', t => {
  const network = createNetwork(loopKernels, new Random(1), [3, 5, 2]);
  const names = [...parametersOf(network).keys()];
  const sgd = createOptimizer(network, {
    type: 'sgd',
    momentum: 0.9,
    nesterov: true,
    weightDecay: 0,
  });
  t.deepEqual(
    [...sgd.state.keys()],
    names.map(name => `velocity.${name}`),
  );
  const adamw = createOptimizer(network, {
    type: 'adamw',
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
  });
  t.deepEqual(
    [...adamw.state.keys()],
    names.flatMap(name => [`mean.${name}`, `square.${name}`]),
  );
});
