import { fileURLToPath } from 'node:url';
import { chooseKernels, classify, createBatchClassifier, loadChampion } from '@digits/nn';
import test from 'ava';
import type { FastifyInstance } from 'fastify';
import type { ProblemCode } from '../../src/problem.ts';
import { buildTestApp } from '../support/app.ts';
import { tinyDigit } from '../support/tiny-model.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));
const champion = await loadChampion(modelsDir, chooseKernels().kernels);
const images = Float32Array.from({ length: 3 * 784 }, (_, i) => ((i * 7919) % 1009) / 1009);
const tensor = { name: 'input', shape: [3, 784], datatype: 'FP32', data: Array.from(images) };
const url = '/v2/models/digits/infer';

let tinyApp: FastifyInstance;
let championApp: FastifyInstance;
const endings: (() => unknown)[] = [];
const teardown = (ending: () => unknown) => void endings.push(ending);
test.before(async () => {
  tinyApp = await buildTestApp({ teardown });
  championApp = await buildTestApp({ teardown }, { models: { champion } });
});
test.after.always(() => Promise.all(endings.map(end => end())));

function infer(app: FastifyInstance, payload: object | string | Buffer, headers = {}, at = url) {
  const isRaw = typeof payload === 'string' || Buffer.isBuffer(payload);
  return app.inject({
    method: 'POST',
    url: at,
    headers: { 'content-type': 'application/json', ...headers },
    payload: isRaw ? payload : JSON.stringify(payload),
  });
}

const { probabilities, digits } = createBatchClassifier(champion.model, 3)(images, 3);
const allProbabilities = Array.from(probabilities);
const allDigits = Array.from(digits);

test('the server metadata is at both addresses', async t => {
  const app = tinyApp;
  for (const address of ['/v2', '/v2/']) {
    const { version, ...rest } = (await app.inject(address)).json();
    t.regex(version, /^\d+\.\d+\.\d+$/);
    t.deepEqual(rest, { name: 'digits', extensions: ['binary_tensor_data'] });
  }
  t.deepEqual((await app.inject('/v2/health/live')).json(), { live: true });
  t.deepEqual((await app.inject('/v2/health/ready')).json(), { live: true, ready: true });
});

test('the model metadata is returned with and without the version', async t => {
  const app = tinyApp;
  for (const address of ['/v2/models/digits', '/v2/models/digits/versions/tiny-1']) {
    t.deepEqual((await app.inject(address)).json(), {
      name: 'digits',
      versions: ['tiny-1'],
      platform: 'digits_safetensors',
      inputs: [{ name: 'input', datatype: 'FP32', shape: [-1, 784] }],
      outputs: [
        { name: 'probabilities', datatype: 'FP32', shape: [-1, 10] },
        { name: 'digit', datatype: 'INT64', shape: [-1] },
      ],
    });
    const ready = await app.inject(`${address}/ready`);
    t.deepEqual(ready.json(), { name: 'digits', ready: true });
  }
});

test('a batch gives the answers of single images, apart from rounding', t => {
  const alone = Array.from({ length: 3 }, (_, i) =>
    classify(champion.model, images.subarray(i * 784, (i + 1) * 784)),
  );
  t.deepEqual(
    allDigits,
    alone.map(({ digit }) => digit),
  );
  for (const [i, expected] of alone.flatMap(answer => [...answer.probabilities]).entries()) {
    t.true(Math.abs(allProbabilities[i]! - expected) < 1e-5);
  }
});

test('several images are answered in one tensor', async t => {
  const app = championApp;
  const response = await infer(app, { id: '42', parameters: { priority: 1 }, inputs: [tensor] });
  t.is(response.statusCode, 200);
  t.regex(String(response.headers['content-type']), /^application\/json/);
  t.deepEqual(response.json(), {
    model_name: 'digits',
    model_version: champion.version,
    id: '42',
    outputs: [
      { name: 'probabilities', datatype: 'FP32', shape: [3, 10], data: allProbabilities },
      { name: 'digit', datatype: 'INT64', shape: [3], data: allDigits },
    ],
  });
});

const nest = (values: readonly unknown[], length: number) =>
  Array.from({ length: values.length / length }, (_, i) =>
    values.slice(i * length, (i + 1) * length),
  );

for (const [name, shape, data] of [
  ['[n, 784] nested', [3, 784], nest(tensor.data, 784)],
  ['[n, 28, 28] flat', [3, 28, 28], tensor.data],
  ['[n, 28, 28] nested', [3, 28, 28], nest(nest(tensor.data, 28), 28)],
  ['[n, 1, 28, 28] nested', [3, 1, 28, 28], nest(nest(nest(tensor.data, 28), 28), 1)],
] as const) {
  test(`the shape ${name} holds the same images`, async t => {
    const app = championApp;
    const response = await infer(app, { inputs: [{ ...tensor, shape, data }] });
    t.deepEqual(response.json().outputs[0].data, allProbabilities);
    const escaped = JSON.stringify({ inputs: [{ ...tensor, shape, data }] });
    const again = await infer(app, escaped.replace('"data"', '"d\\u0061ta"'));
    t.deepEqual(again.json(), response.json());
  });
}

test('only the requested outputs are returned, in their order', async t => {
  const app = tinyApp;
  const { outputs } = (await infer(app, { inputs: [tensor], outputs: [{ name: 'digit' }] })).json();
  t.deepEqual(outputs, [
    { name: 'digit', datatype: 'INT64', shape: [3], data: [tinyDigit, tinyDigit, tinyDigit] },
  ]);
});

for (const padding of ['', ' ', '  ', '   ']) {
  test(`binary tensors are read and written, ${padding.length} bytes off alignment`, async t => {
    const app = championApp;
    const { data, ...input } = { ...tensor, parameters: { binary_data_size: images.byteLength } };
    const request = { inputs: [input], parameters: { binary_data_output: true } };
    const json = Buffer.from(JSON.stringify(request) + padding);
    const response = await infer(app, Buffer.concat([json, Buffer.from(images.buffer)]), {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': json.length,
    });
    t.is(data.length, images.length);
    t.is(response.statusCode, 200);
    t.is(response.headers['content-type'], 'application/octet-stream');
    const length = Number(response.headers['inference-header-content-length']);
    const { outputs } = JSON.parse(response.rawPayload.toString('utf8', 0, length));
    t.deepEqual(
      outputs.map(({ parameters }: { parameters: object }) => parameters),
      [{ binary_data_size: 120 }, { binary_data_size: 24 }],
    );
    const bytes = response.rawPayload.subarray(length);
    t.is(bytes.length, 144);
    t.is(bytes.readFloatLE(4 * 11), allProbabilities[11]!);
    t.deepEqual(
      [0, 1, 2].map(i => Number(bytes.readBigInt64LE(120 + 8 * i))),
      allDigits,
    );
  });
}

type Refusal = [status: number, code: ProblemCode];
type Headers = Readonly<Record<string, string>>;

const isRefused = test.macro({
  async exec(
    t,
    [status, code]: Refusal,
    payload: object | string,
    { headers = {}, at = url }: { headers?: Headers; at?: string } = {},
  ) {
    const response = await infer(tinyApp, payload, headers, at);
    t.is(response.statusCode, status);
    t.regex(String(response.headers['content-type']), /^application\/json/);
    const { error, ...rest } = response.json();
    t.regex(error, /\w/);
    t.deepEqual(rest, { code });
    t.is((await infer(tinyApp, { inputs: [tensor] })).statusCode, 200, 'the next one is answered');
  },
  title: (what = '', [status, code]: Refusal) => `${what} is refused: ${status} ${code}`,
});

const malformed: Refusal = [400, 'bad-inference-request'];
test('invalid JSON', isRefused, malformed, 'a text');
test('JSON that is not a request', isRefused, malformed, '[1,2]');
test('a request without inputs', isRefused, malformed, { id: 'x' });
test('an id that is not a string', isRefused, malformed, { id: 7, inputs: [tensor] });
test('a great deal of brackets', isRefused, malformed, '['.repeat(900_000));
test('the same output twice', isRefused, malformed, {
  inputs: [tensor],
  outputs: [{ name: 'digit' }, { name: 'digit' }],
});
for (const length of ['-1', 'x', '99999999', '1.5']) {
  const headers = { 'inference-header-content-length': length };
  test(`JSON of ${length} bytes`, isRefused, malformed, { inputs: [tensor] }, { headers });
}

const badTensor: Refusal = [400, 'bad-tensor'];
const wrongTensors = {
  'no tensor': [],
  'two tensors': [tensor, tensor],
  'another name': [{ ...tensor, name: 'x' }],
  'another datatype': [{ ...tensor, datatype: 'UINT8' }],
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
test(
  'a compressed body',
  isRefused,
  [415, 'unsupported-content-type'],
  {},
  { headers: { 'content-encoding': 'gzip' } },
);
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

test('NaN among binary data is refused', async t => {
  const app = tinyApp;
  const bytes = Buffer.from(images.slice().fill(Number.NaN, 9, 10).buffer);
  const { data, ...input } = { ...tensor, parameters: { binary_data_size: bytes.length } };
  const json = Buffer.from(JSON.stringify({ inputs: [input] }));
  const headers = { 'inference-header-content-length': json.length };
  const response = await infer(app, Buffer.concat([json, bytes]), headers);
  t.is(data.length, images.length);
  t.is(response.statusCode, 400);
  t.is(response.json().code, 'bad-tensor');
});

test('a body above 16 MiB is refused', async t => {
  const app = tinyApp;
  const response = await infer(app, Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
  t.is(response.statusCode, 413);
  t.is(response.json().code, 'file-too-large');
});

test('without a model nothing is ready, in the form of the protocol', async t => {
  const app = await buildTestApp(t, { models: { champion: undefined } });
  t.is((await app.inject('/v2/health/live')).statusCode, 200);
  for (const address of ['/v2/health/ready', '/v2/models/digits', '/v2/models/digits/ready']) {
    const response = await app.inject(address);
    t.is(response.statusCode, 503);
    t.is(response.headers['retry-after'], '1');
    t.is(response.json().code, 'not-ready');
  }
});
