// 256-bit vectors: V8 can pair the 128-bit operations of a WebAssembly module ("revectorization"). The
// option is experimental, so the compiled kernels must pass the self-test first.

import { setFlagsFromString } from 'node:v8';
import { testKernels } from './self-test.ts';
import { createWasmKernels } from './wasm.ts';
import { forgetModules, type WasmVariant } from './wasm-module.ts';

const testMemoryBytes = 1 << 22;

/**
 * Makes this process compile the kernels to 256-bit vectors from now on, if they pass the self-test.
 * Existing kernels stay as they are. Lanes are computed as before, so results are the same to the bit.
 *
 * @returns whether the kernels passed
 */
export function widenVectors(variant: WasmVariant, kernelTest = testKernels): boolean {
  forgetModules();
  setFlagsFromString('--experimental-wasm-revectorize');
  // The baseline compiler (Liftoff) does not pair operations: the self-test would run other code.
  setFlagsFromString('--no-liftoff');
  try {
    if (kernelTest(createWasmKernels(variant, testMemoryBytes))) return true;
  } catch {
    // The module does not run here at all; the caller's own attempt reports why.
  } finally {
    setFlagsFromString('--liftoff');
  }
  setFlagsFromString('--no-experimental-wasm-revectorize');
  forgetModules();
  return false;
}
