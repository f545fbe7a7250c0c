// The test that new code of the kernels must stand. That the kernels stand it in 256-bit vectors,
// and everything else here, the second run of `nx test nn` shows: ava-wide.config.js.

import test from 'ava';
import { chooseKernels } from '../../../src/engine/kernels/choose.ts';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import { loopKernels, sharedLoopKernels } from '../../../src/engine/kernels/loops.ts';
import { testKernels } from '../../../src/engine/kernels/self-test.ts';
import { createSharedWasmKernels, createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { widenVectors } from '../../../src/engine/kernels/wide-vectors.ts';

for (const [name, kernels] of [
  ['loops', loopKernels],
  ['shared loops', sharedLoopKernels],
  ['plain', createWasmKernels('plain', 1 << 22)],
  ['relaxed', createWasmKernels('relaxed', 1 << 22)],
  ['shared relaxed', createSharedWasmKernels('relaxed', 1 << 22)],
] as const) {
  test(`${name} kernels stand their test`, t => {
    t.true(testKernels(kernels));
  });
}

/** One lane of what a kernel writes, a little off. */
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
    compressRows(lists, matrix, shape) {
      loopKernels.compressRows(lists, matrix, { ...shape, endColumn: shape.endColumn - 1 });
    },
  },
  {
    transposeSparseRows(columns, lists, shape) {
      loopKernels.transposeSparseRows(columns, lists, { ...shape, rows: shape.rows - 1 });
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
  test(`kernels whose ${Object.keys(kernels)} is wrong in one lane do not stand it`, t => {
    t.false(testKernels({ ...loopKernels, ...kernels }));
  });
}

test.serial('256-bit vectors that do not stand the test are not used', t => {
  t.false(widenVectors('relaxed', () => false));
  const failing = () => {
    throw new RangeError('unreachable');
  };
  t.false(widenVectors('relaxed', failing));
  t.true(testKernels(createWasmKernels('relaxed', 1 << 22)));
});

test.serial('256-bit vectors are used where they are asked for and stand the test', t => {
  const { kernels, description, fallback } = chooseKernels(1 << 22, { wideVectors: true });
  t.is(fallback, undefined);
  // The name, which checkpoints hold, is the same: so is every bit of the results.
  t.is(kernels.name, 'wasm-relaxed');
  t.is(description, 'wasm-relaxed in 256-bit vectors');
});
