// Selects the fastest backend that runs on this machine.

import type { Kernels } from './kernels.ts';
import { loopKernels, sharedLoopKernels } from './loops.ts';
import { createSharedWasmKernels, createWasmKernels } from './wasm.ts';
import { type WasmVariant, wasmVariants } from './wasm-module.ts';
import { type WideVectors, widenVectors } from './wide-vectors.ts';

/** What the backend must support. */
export interface KernelsChoice {
  /** whether the arrays are shared with other threads; false by default */
  readonly isShared?: boolean;
  /**
   * Which kernels to compile to 256-bit vectors with an experimental option of V8: all, and then the option
   * applies to the whole process; or only those of the sparse forward pass, which must not be shared. They are
   * used only if they pass the self-test. False by default.
   */
  readonly wideVectors?: boolean | 'sparse-forward';
}

/** The selected backend, with texts for the log. */
export interface ChosenKernels {
  readonly kernels: Kernels;
  /** Name of the backend and whether it uses 256-bit vectors, for the log. */
  readonly description: string;
  /** Why the plain loops are used, for the log; undefined if WebAssembly is used. */
  readonly fallback: string | undefined;
}

/**
 * Tries WebAssembly with relaxed SIMD, then with plain SIMD, then falls back to the plain loops.
 *
 * @param memoryBytes size of the WebAssembly backend's memory, for all its arrays; 1 GiB by default
 */
export function chooseKernels(
  memoryBytes?: number,
  { isShared = false, wideVectors = false }: KernelsChoice = {},
): ChosenKernels {
  let reason = '';
  const create = isShared ? createSharedWasmKernels : createWasmKernels;
  for (const variant of wasmVariants) {
    try {
      const isWide = wideVectors && isWidened(variant, wideVectors === true ? 'all' : wideVectors);
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

const widened = new Map<string, boolean>();

/** Widens the vectors once in a process: the result is the same each time, and the self-test blocks the thread. */
function isWidened(variant: WasmVariant, extent: WideVectors): boolean {
  const key = `${variant} ${extent}`;
  const isWide = widened.get(key) ?? widenVectors(variant, extent);
  widened.set(key, isWide);
  return isWide;
}
