// Attaches kernels to the arrays of another thread's kernels.

import type { KernelHandle, Kernels } from './kernels.ts';
import { loopKernels } from './loops.ts';
import { attachWasmKernels } from './wasm.ts';

/**
 * Creates kernels that work on the arrays of another thread.
 *
 * @param handle from `createHandle` of the other thread's kernels, received in a message
 */
export function attachKernels(handle: KernelHandle): Kernels {
  return handle.type === 'loops' ? loopKernels : attachWasmKernels(handle);
}

/**
 * A copy of plain data with its arrays rebound to the memory of the attached kernels: structured
 * cloning creates a new memory object for every message, and kernels accept only arrays in their own.
 *
 * @param value arrays, maps and plain objects, received in one message with the handle
 */
export function rebindArrays<T>(value: T, handle: KernelHandle): T {
  if (handle.type === 'loops') return value;
  return rebind(value, handle.buffer, handle.memory.buffer) as T;
}

function rebind(value: unknown, sent: ArrayBufferLike, attached: ArrayBufferLike): unknown {
  if (value instanceof Float32Array || value instanceof Uint8Array) {
    if (value.buffer !== sent) return value;
    return value instanceof Float32Array
      ? new Float32Array(attached, value.byteOffset, value.length)
      : new Uint8Array(attached, value.byteOffset, value.length);
  }
  if (ArrayBuffer.isView(value) || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(part => rebind(part, sent, attached));
  if (value instanceof Map) {
    return new Map([...value].map(([key, part]) => [key, rebind(part, sent, attached)]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, rebind(part, sent, attached)]),
  );
}
