// Picks the fastest backend that runs here.

import type { Kernels } from './kernels.ts';
import { loopKernels, sharedLoopKernels } from './loops.ts';
import { createSharedWasmKernels, createWasmKernels } from './wasm.ts';
import { wasmVariants } from './wasm-module.ts';
import { widenVectors } from './wide-vectors.ts';

export interface KernelsChoice {
  /** whether other threads are to work on the same arrays; false if not given */
  readonly isShared?: boolean;
  /**
   * Whether the engine may be asked for 256-bit vectors, an option of V8 that holds for the whole
   * process; they are used if they stand a test. False if not given.
   */
  readonly wideVectors?: boolean;
}

export interface ChosenKernels {
  readonly kernels: Kernels;
  /** Which way runs, for the program to say: the backend, and whether in 256-bit vectors. */
  readonly description: string;
  /** Why these are only the loops, for the program to say once; null when they are not. */
  readonly fallback: string | null;
}

/** @param memoryBytes room for all arrays, where the backend needs to know it beforehand */
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
      return { kernels, description, fallback: null };
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  const kernels = isShared ? sharedLoopKernels : loopKernels;
  return {
    kernels,
    description: kernels.name,
    fallback: `WebAssembly kernels are not to be had, plain loops serve: ${reason}`,
  };
}
