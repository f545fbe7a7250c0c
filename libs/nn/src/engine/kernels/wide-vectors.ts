// V8 can pair 128-bit operations of a WebAssembly module into 256-bit ones. The option is
// experimental, so what it makes is believed only after a test of its own.

import { setFlagsFromString } from 'node:v8';
import { testKernels } from './self-test.ts';
import { createWasmKernels } from './wasm.ts';
import { forgetModules, type WasmVariant } from './wasm-module.ts';

const testMemoryBytes = 1 << 22;

/**
 * Has the kernels of this process compiled to 256-bit vectors from now on, if those stand the test.
 * Kernels that exist already stay as they are. Lanes are computed as before: results are the same
 * to the bit.
 *
 * @returns whether they do
 */
export function widenVectors(variant: WasmVariant, kernelTest = testKernels): boolean {
  forgetModules();
  setFlagsFromString('--experimental-wasm-revectorize');
  // The baseline compiler does not pair anything: with it the test would test other code.
  setFlagsFromString('--no-liftoff');
  try {
    if (kernelTest(createWasmKernels(variant, testMemoryBytes))) return true;
  } catch {
    // The module does not run here at all, which the caller will see again.
  } finally {
    setFlagsFromString('--liftoff');
  }
  setFlagsFromString('--no-experimental-wasm-revectorize');
  forgetModules();
  return false;
}
