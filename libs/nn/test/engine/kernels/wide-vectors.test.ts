// The self-test of the kernels, and the switch to 256-bit vectors. ava-wide.config.js runs the tests of
// the arithmetic again in 256-bit vectors.

import test from 'ava';
import { chooseKernels } from '../../../src/engine/kernels/choose.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels, sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import { testKernels, testSparseForward } from '../../../src/engine/kernels/self-test.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { wasmModule } from '../../../src/engine/kernels/wasm-module.ts';
import { widenVectors } from '../../../src/engine/kernels/wide-vectors.ts';
import { createNetwork } from '../../../src/engine/network.ts';
import { Random } from '../../../src/engine/random.ts';
import { createSparseForward } from '../../../src/engine/sparse-forward.ts';

for (const [name, kernels] of [
  ['loops', loopKernels],
  ['shared loops', sharedLoopKernels],
  ['plain', createWasmKernels('plain', 1 << 22)],
  ['relaxed', createWasmKernels('relaxed', 1 << 22)],
  ['shared relaxed', createSharedWasmKernels('relaxed', 1 << 22)],
] as const) {
  test(`${name} kernels pass the self-test`, t => {
    t.true(testKernels(kernels));
    t.true(testSparseForward(kernels));
  });
}

/** Changes the last value that a kernel wrote by 0.01. */
const spoil = (array: Float32Array) => {
  array[array.length - 1]! += 0.01;
};

const spoilt: Partial<Kernels>[] = [
  {
    denseForward(output, ...rest) {
      loopKernels.denseForward(output, ...rest);
      spoil(output);
    },
  },
  {
    sparseMatmul(output, ...rest) {
      loopKernels.sparseMatmul(output, ...rest);
      spoil(output);
    },
  },
  {
    compressRows(sparseRows, matrix, shape) {
      loopKernels.compressRows(sparseRows, matrix, { ...shape, endColumn: shape.endColumn - 1 });
    },
  },
  {
    transposeSparseRows(columns, rows, shape) {
      loopKernels.transposeSparseRows(columns, rows, { ...shape, rows: shape.rows - 1 });
    },
  },
  {
    adamStep(parameter, ...rest) {
      loopKernels.adamStep(parameter, ...rest);
      spoil(parameter);
    },
  },
  {
    average(averages, ...rest) {
      loopKernels.average(averages, ...rest);
      averages[0] = Number.NaN;
    },
  },
];

for (const kernels of spoilt) {
  test(`kernels of which ${Object.keys(kernels)} has one wrong value fail the self-test`, t => {
    t.false(testKernels({ ...loopKernels, ...kernels }));
  });
}

test('the self-test of the sparse forward pass finds one wrong value in its kernels', t => {
  for (const kernels of spoilt) {
    const isUsed = 'sparseMatmul' in kernels || 'compressRows' in kernels;
    t.is(testSparseForward({ ...loopKernels, ...kernels }), !isUsed, Object.keys(kernels).join());
  }
});

test.serial('256-bit vectors that fail the self-test are not used', t => {
  t.false(widenVectors('relaxed', 'all', () => false));
  const failing = () => {
    throw new RangeError('unreachable');
  };
  t.false(widenVectors('relaxed', 'all', failing));
  t.true(testKernels(createWasmKernels('relaxed', 1 << 22)));
});

test.serial('predictions in 256-bit vectors are the same, and tested once', t => {
  const narrow = chooseKernels(1 << 22).kernels;
  const choice = { wideVectors: 'sparse-forward' } as const;
  const wide = chooseKernels(1 << 22, choice);
  t.is(wide.description, 'wasm-relaxed in 256-bit vectors');
  const module = wasmModule('relaxed', false);
  chooseKernels(1 << 22, choice);
  t.is(wasmModule('relaxed', false), module, 'the module was compiled again');
  t.deepEqual(logitsOn(wide.kernels), logitsOn(narrow));
});

test.serial('256-bit vectors are used if they are enabled and pass the self-test', t => {
  const { kernels, description, fallback } = chooseKernels(1 << 22, { wideVectors: true });
  t.is(fallback, undefined);
  // Checkpoints hold the name, which is the same because results are the same to the bit.
  t.is(kernels.name, 'wasm-relaxed');
  t.is(description, 'wasm-relaxed in 256-bit vectors');
});

/** Logits of three images with four fifths zeros. */
function logitsOn(kernels: Kernels): Float32Array {
  const random = new Random(5);
  const pass = createSparseForward(createNetwork(kernels, random, [787, 67, 11]), 3);
  pass.pack();
  for (let i = 0; i < pass.input.length; i++) pass.input[i] = Math.max(0, random.uniform() - 0.8);
  return pass.forward(3).slice(0, 3 * pass.logitsStride);
}
