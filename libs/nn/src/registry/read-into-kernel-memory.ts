// Reads a model file directly into kernel memory, where its weights are used in place. Copying it twice,
// as before, took most of the service's start (docs/experiments.md).

import { openRegularFile, readInto } from '@digits/files';
import type { Kernels } from '../engine/kernels/kernels.ts';
import { NnError } from '../errors.ts';

/** A cache line, in bytes; the kernels align their arrays to it. */
const alignmentBytes = 64;

/** Maximum size of a model file: 64 million weights. The champion has 8 MB. */
export const maxModelFileBytes = 256 * 1024 * 1024;

/** Size of the header's length, the first field of a safetensors file. */
const lengthBytes = 8;

/**
 * Allocates kernel memory for a safetensors file so that its first tensor is aligned to a cache
 * line. The memory is never freed.
 *
 * @param length of the file, in bytes
 * @param head the first bytes of the file; may be empty only if the file is
 * @throws NnError `model-unsupported` if there is not enough kernel memory
 */
export function allocateModelFile(length: number, head: Uint8Array, kernels: Kernels): Uint8Array {
  // The lowest byte of the header's length is sufficient, since only the remainder by 64 matters.
  const dataStart = lengthBytes + (head[0] ?? 0);
  const shift = (alignmentBytes - (dataStart % alignmentBytes)) % alignmentBytes;
  try {
    const array = kernels.allocate(Math.ceil((shift + length) / 4));
    return new Uint8Array(array.buffer, array.byteOffset + shift, length);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new NnError('model-unsupported', `a model of ${length} bytes does not fit: ${reason}`, {
      cause,
    });
  }
}

/**
 * Reads a whole file into memory from `allocateModelFile`.
 *
 * @throws NnError `model-missing`, `model-unsupported`
 */
export async function readIntoKernelMemory(path: string, kernels: Kernels): Promise<Uint8Array> {
  try {
    const { handle, size } = await openRegularFile(path, maxModelFileBytes);
    await using file = handle;
    const head = Buffer.alloc(lengthBytes);
    await readInto(file, head);
    const bytes = allocateModelFile(size, head, kernels);
    const end = await readInto(file, bytes);
    if (end < size) throw new Error(`the file ended after ${end} of ${size} bytes`);
    return bytes;
  } catch (cause) {
    if (cause instanceof NnError) throw cause;
    const reason = (cause as Error).message;
    throw new NnError('model-missing', `${path} cannot be read: ${reason}`, { cause });
  }
}
