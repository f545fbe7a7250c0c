// The bytes of a model file: tensors, metadata, and their place in kernel memory.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import type { NnError } from '../../src/errors.ts';
import { readAcceptance, readAccuracy } from '../../src/registry/json-metadata.ts';
import {
  allocateModelFile,
  readIntoKernelMemory,
} from '../../src/registry/read-into-kernel-memory.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/registry/safetensors.ts';

const content = {
  metadata: { format: 'ünïcode/1' },
  tensors: new Map([
    ['b', { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 4, 5, 6) }],
    ['a', { shape: [], values: Float32Array.of(7) }],
    ['empty', { shape: [0, 5], values: new Float32Array() }],
  ]),
};

/** A file with this header, valid or not, and so many bytes of tensors. */
function file(header: unknown, dataBytes = 24): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = Buffer.alloc(8 + json.length + dataBytes);
  bytes.writeBigUInt64LE(BigInt(json.length));
  json.copy(bytes, 8);
  return bytes;
}

const tensor = (from: number, to: number, shape = [(to - from) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [from, to],
});

test('encoded tensors are decoded again', t => {
  const decoded = decodeSafetensors(encodeSafetensors(content));
  t.deepEqual(decoded.metadata, content.metadata);
  t.deepEqual(new Map(decoded.tensors), content.tensors);
});

test('the tensors start at a multiple of eight bytes', t => {
  const bytes = Buffer.from(encodeSafetensors(content));
  t.is(Number(bytes.readBigUInt64LE()) % 8, 0);
});

test('bytes at an odd address are decoded', t => {
  const bytes = encodeSafetensors(content);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  t.deepEqual(new Map(decodeSafetensors(shifted.subarray(1)).tensors), content.tensors);
});

test('a file that is truncated anywhere is refused', t => {
  const bytes = encodeSafetensors(content);
  for (let length = 0; length < bytes.length; length++) {
    t.throws(() => decodeSafetensors(bytes.subarray(0, length)), { code: 'model-truncated' });
  }
});

const notANumber = file({ x: tensor(0, 24) });
new DataView(notANumber.buffer, notANumber.byteOffset).setFloat32(
  notANumber.length - 4,
  Number.NaN,
  true,
);
const hugeHeader = Buffer.alloc(1000);
hugeHeader.writeBigUInt64LE(2n ** 63n);

const malformed: [title: string, bytes: Uint8Array, code: string][] = [
  ['whose header claims to be huge', hugeHeader, 'model-header-too-large'],
  ['whose header is not JSON', file('{"x": '), 'model-header-malformed'],
  ['whose header is a list', file('[1]'), 'model-header-malformed'],
  [
    'whose header is nested 100,000 levels deep',
    file(`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
    'model-header-malformed',
  ],
  [
    'with a number among its metadata',
    file({ __metadata__: { seed: 1 }, x: tensor(0, 24) }),
    'model-header-malformed',
  ],
  ['with a negative dimension', file({ x: tensor(0, 24, [-2, -3]) }), 'model-header-malformed'],
  [
    'with tensors that overlap',
    file({ x: tensor(0, 16), y: tensor(12, 24) }),
    'model-tensors-misplaced',
  ],
  [
    'with a gap between tensors',
    file({ x: tensor(0, 8), y: tensor(12, 24) }),
    'model-tensors-misplaced',
  ],
  ['with bytes after the last tensor', file({ x: tensor(0, 20) }), 'model-tensors-misplaced'],
  ['with a tensor beyond the end', file({ x: tensor(0, 28) }), 'model-truncated'],
  [
    'with another type of number',
    file({ x: { ...tensor(0, 24), dtype: 'F16' } }),
    'model-wrong-type',
  ],
  ['whose shape and bytes disagree', file({ x: tensor(0, 24, [2, 2]) }), 'model-wrong-shape'],
  ['with a NaN among its weights', notANumber, 'model-not-finite'],
];

for (const [title, bytes, code] of malformed) {
  test(`a file ${title} is ${code}`, t => {
    t.throws(() => decodeSafetensors(bytes), { code });
  });
}

test('the error for a file quotes it in one short printable line', t => {
  const name = `\x1b[2J\n${'long'.repeat(10_000)}`;
  const { message } = t.throws(() => decodeSafetensors(file({ [name]: 1 })));
  t.regex(message, /^not a valid safetensors file: tensor {2}\[2J long\P{C}{1900,2000}…$/u);
});

const corrupt = { code: 'model-corrupt' } as Partial<NnError> & { code: string };

test('absent entries are null', t => {
  t.is(readAcceptance({}), null);
  t.is(readAccuracy({}), null);
});

for (const text of [
  '',
  '{',
  'null',
  '{"minConfidence":2,"maxEnergy":1}',
  '{"minConfidence":0.5}',
]) {
  test(`acceptance ${text} is refused`, t => {
    t.throws(() => readAcceptance({ acceptance: text }), corrupt);
  });
}

test('more correct images than images are refused', t => {
  const accuracy = JSON.stringify({ data: 'MNIST', count: 7, correct: 8 });
  t.throws(() => readAccuracy({ accuracy }), corrupt);
});

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
