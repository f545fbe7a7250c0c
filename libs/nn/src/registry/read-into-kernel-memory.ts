// A model file in the memory of the kernels, read there or copied there once, so that its weights need
// not move any more. A page of memory that is touched for the first time costs more than what is
// written to it: reading, copying out and copying in took most of a service's start.

import { open } from 'node:fs/promises';
import type { Kernels } from '../engine/kernels/kernels.ts';
import { NnError } from '../errors.ts';

/** A cache line, at which arrays of the kernels start. */
const alignment = 64;

/** Of safetensors: the header's length, before the header. */
const lengthBytes = 8;

/**
 * Room for so many bytes of a safetensors file, placed so that its first tensor starts at a cache line.
 *
 * @param head the file's first bytes, one at least if it has any
 * @throws NnError `model-unsupported` where the kernels' memory has not so much
 */
export function allocateModelFile(length: number, head: Uint8Array, kernels: Kernels): Uint8Array {
  // The lowest byte of the header's length says all that is to be known of it here.
  const dataStart = lengthBytes + (head[0] ?? 0);
  const shift = (alignment - (dataStart % alignment)) % alignment;
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
 * The whole file, in a `roomFor` it.
 *
 * @throws NnError `model-missing`, `model-unsupported`
 */
export async function readIntoKernelMemory(path: string, kernels: Kernels): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const head = Buffer.alloc(lengthBytes);
    await file.read(head, 0, lengthBytes, 0);
    const room = allocateModelFile(size, head, kernels);
    let end = 0;
    while (end < size) {
      const { bytesRead } = await file.read(room, end, size - end, end);
      if (bytesRead === 0) throw new Error(`it ended after ${end} of ${size} bytes`);
      end += bytesRead;
    }
    return room;
  } catch (cause) {
    if (cause instanceof NnError) throw cause;
    const reason = (cause as Error).message;
    throw new NnError('model-missing', `${path} cannot be read: ${reason}`, { cause });
  }
}
