// Picks the fastest backend that runs here.
import type { Kernels } from './kernels.ts';
import { loopKernels } from './loops.ts';
import { createWasmKernels } from './wasm.ts';
import { wasmVariants } from './wasm-module.ts';

export interface ChosenKernels {
  readonly kernels: Kernels;
  /** Why these are only the loops, for the program to say once; null when they are not. */
  readonly fallback: string | null;
}

/** @param memoryBytes room for all arrays, where the backend needs to know it beforehand */
export function chooseKernels(memoryBytes?: number): ChosenKernels {
  let reason = '';
  for (const variant of wasmVariants) {
    try {
      return { kernels: createWasmKernels(variant, memoryBytes), fallback: null };
    } catch (error) {
      reason = (error as Error).message;
    }
  }
  return {
    kernels: loopKernels,
    fallback: `WebAssembly kernels are not to be had, plain loops serve: ${reason}`,
  };
}
