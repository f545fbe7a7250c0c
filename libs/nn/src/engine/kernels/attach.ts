// Kernels in a thread that was given another's.

import type { KernelHandle, Kernels } from './kernels.ts';
import { loopKernels } from './loops.ts';
import { attachWasmKernels } from './wasm.ts';

export function attachKernels(handle: KernelHandle): Kernels {
  return handle.type === 'loops' ? loopKernels : attachWasmKernels(handle);
}

/**
 * The same plain data with every array as the attached kernels know it: a memory is another object
 * in every thread, and so are the arrays on it.
 */
export function rebindArrays<T>(value: T, handle: KernelHandle): T {
  if (handle.type === 'loops') return value;
  return adopt(value, handle.buffer, handle.memory.buffer) as T;
}

function adopt(value: unknown, sent: ArrayBufferLike, ours: ArrayBufferLike): unknown {
  if (value instanceof Float32Array || value instanceof Uint8Array) {
    if (value.buffer !== sent) return value;
    return value instanceof Float32Array
      ? new Float32Array(ours, value.byteOffset, value.length)
      : new Uint8Array(ours, value.byteOffset, value.length);
  }
  if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(part => adopt(part, sent, ours));
  if (value instanceof Map) {
    return new Map([...value].map(([key, part]) => [key, adopt(part, sent, ours)]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, adopt(part, sent, ours)]),
  );
}
