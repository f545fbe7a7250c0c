// Inference requests that are refused, and the limits of large ones.

import test from 'ava';
import type { FastifyInstance } from 'fastify';
import type { ProblemCode } from '../../src/problem.ts';
import { buildTestApp } from '../support/app.ts';

const images = Float32Array.from({ length: 3 * 784 }, (_, i) => ((i * 7919) % 1009) / 1009);
const tensor = { name: 'input', shape: [3, 784], datatype: 'FP32', data: Array.from(images) };
const url = '/v2/models/digits/infer';

let app: FastifyInstance;
const endings: (() => unknown)[] = [];
test.before(async () => {
  app = await buildTestApp({ teardown: ending => void endings.push(ending) });
});
test.after.always(() => Promise.all(endings.map(end => end())));

function infer(payload: object | string | Buffer, headers = {}, at = url) {
  const isRaw = typeof payload === 'string' || Buffer.isBuffer(payload);
  return app.inject({
    method: 'POST',
    url: at,
    headers: { 'content-type': 'application/json', ...headers },
    payload: isRaw ? payload : JSON.stringify(payload),
  });
}

const nest = (values: readonly unknown[], length: number) =>
  Array.from({ length: values.length / length }, (_, i) =>
    values.slice(i * length, (i + 1) * length),
  );

type Refusal = [status: number, code: ProblemCode];
type Headers = Readonly<Record<string, string>>;

const isRefused = test.macro({
  async exec(
    t,
    [status, code]: Refusal,
    payload: object | string,
    { headers = {}, at = url }: { headers?: Headers; at?: string } = {},
  ) {
    const response = await infer(payload, headers, at);
    t.is(response.statusCode, status);
    t.regex(String(response.headers['content-type']), /^application\/json/);
    const { error, ...rest } = response.json();
    t.regex(error, /\w/);
    t.deepEqual(rest, { code });
    t.is((await infer({ inputs: [tensor] })).statusCode, 200, 'the next one is answered');
  },
  title: (what = '', [status, code]: Refusal) => `${what} is refused: ${status} ${code}`,
});

const malformed: Refusal = [400, 'bad-inference-request'];
test('invalid JSON', isRefused, malformed, 'a text');
test('JSON that is not a request', isRefused, malformed, '[1,2]');
test('a request without inputs', isRefused, malformed, { id: 'x' });
test('an id that is not a string', isRefused, malformed, { id: 7, inputs: [tensor] });
test('a request that is not as described is refused with what it must be', async t => {
  for (const [request, what] of [
    ['[1,2]', 'the body must be an object'],
    [{ id: 'x' }, 'the body must have inputs'],
    [{ id: 7, inputs: [tensor] }, '/id must be a string'],
  ] as const) {
    t.is((await infer(request)).json().error, `The request cannot be read: ${what}.`);
  }
});
test('a great deal of brackets', isRefused, malformed, '['.repeat(900_000));
test('the same output twice', isRefused, malformed, {
  inputs: [tensor],
  outputs: [{ name: 'digit' }, { name: 'digit' }],
});
test('an input in shared memory', isRefused, malformed, {
  inputs: [{ ...tensor, parameters: { shared_memory_region: 'x' } }],
});
for (const [what, name, parameters] of [
  ['an output in shared memory', 'digit', { shared_memory_region: 'x' }],
  ['classes of an output without any', 'digit', { classification: 3 }],
  ['no classes', 'probabilities', { classification: 0 }],
  ['a fraction of a class', 'probabilities', { classification: 1.5 }],
  ['a text as the number of classes', 'probabilities', { classification: '3' }],
  ['a text for a boolean', 'digit', { binary_data: 'false' }],
] as const) {
  test(what, isRefused, malformed, { inputs: [tensor], outputs: [{ name, parameters }] });
}
for (const length of ['-1', 'x', '99999999', '1.5', 'Infinity', '1e20']) {
  const headers = { 'inference-header-content-length': length };
  test(`JSON of ${length} bytes`, isRefused, malformed, { inputs: [tensor] }, { headers });
}

test('a description of more than 16 KiB', isRefused, malformed, {
  id: 'x'.repeat(16 * 1024),
  inputs: [tensor],
});
const nestedBrackets = '['.repeat(100_000) + ']'.repeat(100_000);
test(
  'a deeply nested parameter',
  isRefused,
  malformed,
  JSON.stringify({ inputs: [tensor], parameters: { binary_data_output: 'here' } }).replace(
    '"here"',
    nestedBrackets,
  ),
);
for (const data of ['1.', '01', '.5', '+1', '0,', ',0', '0,,0', '0 0', '0e', '-']) {
  const message = JSON.stringify({ inputs: [{ ...tensor, data: 'here' }] });
  test(`the array [${data}]`, isRefused, malformed, message.replace('"here"', `[${data}]`));
}

const badTensor: Refusal = [400, 'bad-tensor'];
test(
  'a number of 129 digits',
  isRefused,
  badTensor,
  JSON.stringify({ inputs: [tensor] }).replace('[0,', `[0.${'0'.repeat(127)},`),
);
test(
  'a parameter that cannot be written as text',
  isRefused,
  badTensor,
  JSON.stringify({
    inputs: [{ ...tensor, data: undefined, parameters: { binary_data_size: 'here' } }],
  }).replace('"here"', `${'['.repeat(7000)}${']'.repeat(7000)}`),
);
const wrongTensors = {
  'no tensor': [],
  'two tensors': [tensor, { ...tensor, data: tensor.data.slice(0, 784) }],
  'another name': [{ ...tensor, name: 'x' }],
  'another datatype': [{ ...tensor, datatype: 'INT8' }],
  'a datatype that every object has': [{ ...tensor, datatype: 'toString' }],
  'a fraction as UINT8': [{ ...tensor, datatype: 'UINT8' }],
  'a value above 255': [{ ...tensor, datatype: 'UINT8', data: Array(3 * 784).fill(256) }],
  'both data and its binary size': [
    { ...tensor, parameters: { binary_data_size: images.byteLength } },
  ],
  'no image': [{ ...tensor, shape: [0, 784], data: [] }],
  'another shape': [{ ...tensor, shape: [784, 3] }],
  'more than the shape says': [{ ...tensor, shape: [2, 784] }],
  'fewer than the shape says': [{ ...tensor, shape: [4, 784] }],
  'nesting against the shape': [{ ...tensor, data: nest(tensor.data, 28) }],
  'ragged nesting': [{ ...tensor, data: [tensor.data.slice(0, 1), tensor.data.slice(1)] }],
  'no data': [{ ...tensor, data: undefined }],
  'texts for numbers': [{ ...tensor, data: tensor.data.map(String) }],
  'a value above 1': [{ ...tensor, data: tensor.data.with(5, 1.01) }],
  'a value below 0': [{ ...tensor, data: tensor.data.with(5, -0.01) }],
  'binary data that did not come': [
    { ...tensor, data: undefined, parameters: { binary_data_size: images.byteLength } },
  ],
};
for (const [what, inputs] of Object.entries(wrongTensors)) {
  test(what, isRefused, badTensor, { inputs });
}

test('an unknown output', isRefused, [400, 'unknown-output'], {
  inputs: [tensor],
  outputs: [{ name: 'logits' }],
});
test('too many images', isRefused, [413, 'too-many-images'], {
  inputs: [{ ...tensor, shape: [4097, 784], data: [0] }],
});
const unknown: Refusal = [404, 'unknown-model'];
test('another model', isRefused, unknown, { inputs: [tensor] }, { at: '/v2/models/x/infer' });
test(
  'another version',
  isRefused,
  unknown,
  { inputs: [tensor] },
  { at: '/v2/models/digits/versions/2/infer' },
);
test('an unknown address', isRefused, [404, 'not-found'], {}, { at: '/v2/models' });

/** The answer to images in binary with this value among them. */
async function inferBinary(value: number) {
  const bytes = Buffer.from(images.slice().fill(value, 9, 10).buffer);
  const { data: _, ...input } = { ...tensor, parameters: { binary_data_size: bytes.length } };
  const json = Buffer.from(JSON.stringify({ inputs: [input] }));
  const headers = { 'inference-header-content-length': json.length };
  return infer(Buffer.concat([json, bytes]), headers);
}

const nextAfterOne = 1 + 2 ** -23;
const smallest = 2 ** -149;
// All its bits are set, also that of the sign.
const [negativeNaN = 0] = new Float32Array(new Uint32Array([0xffff_ffff]).buffer);

test('binary data with a value outside of 0 to 1 is refused', async t => {
  const values = [Number.NaN, negativeNaN, -1, -smallest, nextAfterOne, Number.POSITIVE_INFINITY];
  for (const value of values) {
    const response = await inferBinary(value);
    t.is(response.statusCode, 400);
    t.is(response.json().code, 'bad-tensor');
    t.true(response.json().error.includes(' number 9 is '));
  }
});

test('ink in binary is every number from 0 to 1', async t => {
  for (const value of [0, -0, smallest, 1]) t.is((await inferBinary(value)).statusCode, 200);
});

test('a body above 16 MiB is refused', async t => {
  const response = await infer(Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
  t.is(response.statusCode, 413);
  t.is(response.json().code, 'file-too-large');
});

test('a message above 256 KiB may hold one tensor, flat or nested', async t => {
  const data = Array.from({ length: 400 * 784 }, (_, i) => (i % 7) / 8);
  for (const [shape, values] of [
    [[400, 784], data],
    [[400, 1, 28, 28], nest(nest(nest(data, 28), 28), 1)],
  ] as const) {
    const response = await infer({ inputs: [{ ...tensor, shape, data: values }] });
    t.deepEqual(response.json().outputs[1].shape, [400]);
  }
});

for (const [what, data, status, code] of [
  ['texts', Array(60_000).fill('"12345"'), 400, 'bad-tensor'],
  ['objects', Array(60_000).fill('{}'), 400, 'bad-tensor'],
  ['spaces', ' '.repeat(300_000), 400, 'bad-tensor'],
  ['a single number', '1'.repeat(300_000), 400, 'bad-tensor'],
  ['deep brackets', '['.repeat(300_000), 400, 'bad-tensor'],
  ['brackets', Array(200_000).fill('[]'), 413, 'too-many-images'],
  ['numbers', Array(3_300_000).fill('0'), 413, 'too-many-images'],
] as const) {
  test(`a large tensor of ${what} is refused before the rest of it is parsed`, async t => {
    const message = JSON.stringify({ inputs: [{ ...tensor, data: null }] });
    // What follows would be reported as no JSON.
    const response = await infer(message.replace('null', `[${data},`));
    t.is(response.statusCode, status);
    t.is(response.json().code, code);
  });
}

test('a large tensor is parsed in many turns of the event loop, and so are several', async t => {
  const data = Array.from({ length: 200 * 784 }, (_, i) => (i % 7) / 8);
  const payload = { inputs: [{ ...tensor, shape: [200, 784], data }] };
  const pieces = Math.floor(JSON.stringify(payload).length / (128 * 1024));
  t.true(pieces > 3);
  for (const parallel of [1, 3]) {
    let turns = 0;
    let counting = setImmediate(function count() {
      turns++;
      counting = setImmediate(count);
    });
    await Promise.all(Array.from({ length: parallel }, () => infer(payload)));
    clearImmediate(counting);
    t.true(turns > parallel * pieces, `${turns} turns for ${parallel} × ${pieces} pieces`);
  }
});
