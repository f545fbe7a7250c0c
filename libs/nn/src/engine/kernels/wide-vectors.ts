// 256-bit vectors: V8 can pair the 128-bit operations of a WebAssembly module ("revectorization"). The
// option is experimental, so the compiled kernels must pass the self-test first.

import { setFlagsFromString } from 'node:v8';
import { testKernels } from './self-test.ts';
import { createWasmKernels } from './wasm.ts';
import { clearModuleCache, type WasmVariant } from './wasm-module.ts';

const testMemoryBytes = 1 << 22;

/**
 * Compiles kernels to 256-bit vectors in this process from now on, if they pass the self-test. Existing
 * kernels do not change. Each lane is computed as before, so the results are bit-identical.
 *
 * @returns whether the kernels passed
 */
export function widenVectors(variant: WasmVariant, kernelTest = testKernels): boolean {
  clearModuleCache();
  setFlagsFromString('--experimental-wasm-revectorize');
  // The baseline compiler (Liftoff) does not pair operations, so the self-test would test other code.
  setFlagsFromString('--no-liftoff');
  try {
    if (kernelTest(createWasmKernels(variant, testMemoryBytes))) return true;
  } catch {
    // The module does not run on this machine; the caller reports the reason when it tries to load it.
  } finally {
    setFlagsFromString('--liftoff');
  }
  setFlagsFromString('--no-experimental-wasm-revectorize');
  clearModuleCache();
  return false;
}
