import { fileURLToPath } from 'node:url';
import { chooseKernels, classify, createBatchClassifier, loadChampion } from '@digits/nn';
import test from 'ava';
import type { FastifyInstance } from 'fastify';
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
