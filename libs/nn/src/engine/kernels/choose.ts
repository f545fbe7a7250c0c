// The choice of the backend: the fastest one that runs here.

import type { Kernels } from './kernels.ts';
import { loopKernels, sharedLoopKernels } from './loops.ts';
import { createSharedWasmKernels, createWasmKernels } from './wasm.ts';
import { wasmVariants } from './wasm-module.ts';
import { widenVectors } from './wide-vectors.ts';

/** What the backend must support. */
export interface KernelsChoice {
  /** whether other threads will work on the same arrays; default false */
  readonly isShared?: boolean;
  /**
   * Whether to compile to 256-bit vectors, by an experimental option of V8 that applies to the whole
   * process; used if the kernels pass the self-test. Default false.
   */
  readonly wideVectors?: boolean;
}

/** A backend, with texts for the log. */
export interface ChosenKernels {
  readonly kernels: Kernels;
  /** The backend, and whether it uses 256-bit vectors, for logs. */
  readonly description: string;
  /** Why the plain loops are used, a sentence for the log; undefined if WebAssembly is. */
  readonly fallback: string | undefined;
}

/**
 * Tries WebAssembly with relaxed SIMD, then with plain SIMD, then falls back to the plain loops.
 *
 * @param memoryBytes for all arrays of the WebAssembly backend, 1 GiB by default
 */
export function chooseKernels(
  memoryBytes?: number,
  { isShared = false, wideVectors = false }: KernelsChoice = {},
): ChosenKernels {
  let reason = '';
  const create = isShared ? createSharedWasmKernels : createWasmKernels;
  for (const variant of wasmVariants) {
    try {
      const isWide = wideVectors && widenVectors(variant);
      const kernels = create(variant, memoryBytes);
      const description = isWide ? `${kernels.name} in 256-bit vectors` : kernels.name;
      return { kernels, description, fallback: undefined };
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  const kernels = isShared ? sharedLoopKernels : loopKernels;
  return {
    kernels,
    description: kernels.name,
    fallback: `WebAssembly is unavailable; using the plain loops: ${reason}`,
  };
}
