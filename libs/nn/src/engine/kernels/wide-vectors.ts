// 256-bit vectors: V8 can pair the 128-bit operations of a WebAssembly module ("revectorization"). The
// option is experimental, so the compiled kernels must pass the self-test first.

import { setFlagsFromString } from 'node:v8';
import { testKernels, testSparseForward } from './self-test.ts';
import { createWasmKernels } from './wasm.ts';
import { clearModuleCache, type WasmVariant } from './wasm-module.ts';

const testMemoryBytes = 1 << 22;

/**
 * Which kernels are compiled to 256-bit vectors: all, with the option on in this process from now on; or
 * only those of the sparse forward pass in unshared memory, with the option switched off again.
 */
export type WideVectors = 'all' | 'sparse-forward';

const tests = { all: testKernels, 'sparse-forward': testSparseForward };
const wideOption = 'experimental-wasm-revectorize';

/**
 * Compiles kernels to 256-bit vectors if they pass the self-test. Existing kernels do not change. Each
 * lane is computed as before, so the results are bit-identical.
 *
 * @returns whether the kernels passed
 */
export function widenVectors(
  variant: WasmVariant,
  extent: WideVectors = 'all',
  kernelTest = tests[extent],
): boolean {
  clearModuleCache();
  setFlagsFromString(`--${wideOption}`);
  // The baseline compiler (Liftoff) does not pair operations, so the self-test would test other code.
  setFlagsFromString('--no-liftoff');
  const isPassed = passes(variant, kernelTest);
  setFlagsFromString('--liftoff');
  // A function is compiled by its first call, so the kernels that the test called keep their wide vectors.
  if (!isPassed || extent !== 'all') setFlagsFromString(`--no-${wideOption}`);
  if (!isPassed) clearModuleCache();
  return isPassed;
}

function passes(variant: WasmVariant, kernelTest: typeof testKernels): boolean {
  try {
    return kernelTest(createWasmKernels(variant, testMemoryBytes));
  } catch {
    // The module does not run on this machine; the caller reports the reason when it tries to load it.
    return false;
  }
}
