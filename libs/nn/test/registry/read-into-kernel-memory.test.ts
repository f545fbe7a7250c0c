import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import {
  allocateModelFile,
  readIntoKernelMemory,
} from '../../src/registry/read-into-kernel-memory.ts';

const memoryBytes = 1 << 22;

test('the first tensor starts at a cache line for any length of the header', t => {
  const kernels = createWasmKernels('plain', memoryBytes);
  for (const headerLength of [0, 8, 24, 56, 64, 248, 256 + 16]) {
    const allocated = allocateModelFile(
      1000,
      Uint8Array.of(headerLength & 255, headerLength >> 8),
      kernels,
    );
    t.is((allocated.byteOffset + 8 + headerLength) % 64, 0);
    t.is(allocated.length, 1000);
  }
});

test('a file is read completely into kernel memory', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'file-allocated-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const bytes = Buffer.from(Array.from({ length: 101 }, (_, i) => (i * 7) % 256));
  await writeFile(join(folder, 'file'), bytes);
  const kernels = createWasmKernels('plain', memoryBytes);
  const allocated = await readIntoKernelMemory(join(folder, 'file'), kernels);
  t.is(allocated.buffer, kernels.allocate(1).buffer);
  t.deepEqual(Buffer.from(allocated), bytes);
});

test('an empty file takes no memory', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'file-allocated-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'file'), '');
  const allocated = await readIntoKernelMemory(
    join(folder, 'file'),
    createWasmKernels('plain', memoryBytes),
  );
  t.is(allocated.length, 0);
});

test('an absent file is model-missing', async t => {
  const kernels = createWasmKernels('plain', memoryBytes);
  await t.throwsAsync(readIntoKernelMemory('/nowhere/at/all', kernels), { code: 'model-missing' });
});

test('a file larger than the memory is model-unsupported', t => {
  const kernels = createWasmKernels('plain', memoryBytes);
  t.throws(() => allocateModelFile(memoryBytes, Uint8Array.of(8), kernels), {
    code: 'model-unsupported',
  });
});
