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
    t.deepEqual(rest, { name: 'digits', extensions: ['binary_tensor_data', 'classification'] });
  }
  t.deepEqual((await app.inject('/v2/health/live')).json(), { live: true });
  t.deepEqual((await app.inject('/v2/health/ready')).json(), { live: true, ready: true });
});

const shapes = [
  [-1, 784],
  [-1, 28, 28],
  [-1, 28, 28, 1],
  [-1, 1, 28, 28],
];

test('the model metadata is returned with and without the version', async t => {
  const app = tinyApp;
  for (const address of ['/v2/models/digits', '/v2/models/digits/versions/tiny-1']) {
    t.deepEqual((await app.inject(address)).json(), {
      name: 'digits',
      versions: ['tiny-1'],
      platform: 'digits_safetensors',
      inputs: [
        {
          name: 'input',
          datatype: 'FP32',
          shape: [-1, 784],
          parameters: { datatypes: ['FP32', 'FP64', 'UINT8'], shapes },
        },
      ],
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
  ['[n, 28, 28, 1] flat', [3, 28, 28, 1], tensor.data],
  ['[n, 28, 28, 1] nested', [3, 28, 28, 1], nest(nest(nest(tensor.data, 1), 28), 28)],
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

/** A request with the tensor behind the JSON, and how it is sent. */
function inferBinary(input: object, bytes: Buffer, more: object = {}, padding = '') {
  const parameters = { binary_data_size: bytes.length };
  const inputs = [{ name: 'input', shape: [3, 784], ...input, parameters }];
  const json = Buffer.from(JSON.stringify({ inputs, ...more }) + padding);
  return infer(championApp, Buffer.concat([json, bytes]), {
    'content-type': 'application/octet-stream',
    'inference-header-content-length': json.length,
  });
}

const grey = Uint8Array.from(images, value => Math.round(value * 255));
const greyAnswer = createBatchClassifier(champion.model, 3)(
  Float32Array.from(grey, value => value / 255),
  3,
);
const greyProbabilities = Array.from(greyAnswer.probabilities);

for (const [datatype, values, expected] of [
  ['FP64', Float64Array.from(images), allProbabilities],
  ['UINT8', grey, greyProbabilities],
] as const) {
  test(`${datatype} is read as JSON and as binary data, at any offset`, async t => {
    const data = Array.from(values);
    const json = await infer(championApp, { inputs: [{ ...tensor, datatype, data }] });
    t.deepEqual(json.json().outputs[0].data, expected);
    const { buffer, byteOffset, byteLength } = values;
    for (const padding of ['', ' ', '  ', '   ', '    ', '     ']) {
      const bytes = Buffer.from(buffer, byteOffset, byteLength);
      const binary = await inferBinary({ datatype }, bytes, {}, padding);
      t.deepEqual(binary.json().outputs?.[0].data, expected);
    }
  });
}

test('binary data in a long body is read at any offset', async t => {
  // Beyond the 64 KiB that are read at once.
  const copies = 30;
  const values = Float32Array.from(
    { length: copies * images.length },
    (_, i) => images[i % images.length]!,
  );
  const bytes = Buffer.from(values.buffer);
  const outputs = [{ name: 'digit' }];
  const expected = Array.from({ length: copies }, () => allDigits).flat();
  for (const padding of ['', ' ', '  ', '   ', '    ', '     ', '      ', '       ']) {
    const shape = [3 * copies, 784];
    const answer = await inferBinary({ datatype: 'FP32', shape }, bytes, { outputs }, padding);
    t.deepEqual(answer.json().outputs?.[0].data, expected);
  }
});

const best = Array.from({ length: 3 }, (_, i) =>
  allProbabilities
    .slice(i * 10, (i + 1) * 10)
    .map((score, digit) => ({ score, text: `${score.toFixed(6)}:${digit}:${digit}` }))
    .sort((one, other) => other.score - one.score)
    .map(({ text }) => text),
);

test('the parameter classification gives the best classes as texts', async t => {
  const ask = async (classification: number) => {
    const output = { name: 'probabilities', parameters: { classification } };
    const response = await infer(championApp, { inputs: [tensor], outputs: [output] });
    return response.json().outputs;
  };
  for (const [classes, length] of [
    [1, 1],
    [3, 3],
    [10, 10],
    [1000, 10],
  ] as const) {
    const data = best.flatMap(texts => texts.slice(0, length));
    t.deepEqual(await ask(classes), [
      { name: 'probabilities', datatype: 'BYTES', shape: [3, length], data },
    ]);
  }
});

test('classes as binary data have their lengths before them, beside another output', async t => {
  const outputs = [
    { name: 'probabilities', parameters: { classification: 2, binary_data: true } },
    { name: 'digit' },
  ];
  const response = await infer(championApp, { inputs: [tensor], outputs });
  const length = Number(response.headers['inference-header-content-length']);
  const answer = JSON.parse(response.rawPayload.toString('utf8', 0, length));
  const bytes = response.rawPayload.subarray(length);
  t.deepEqual(answer.outputs, [
    {
      name: 'probabilities',
      datatype: 'BYTES',
      shape: [3, 2],
      parameters: { binary_data_size: bytes.length },
    },
    { name: 'digit', datatype: 'INT64', shape: [3], data: allDigits },
  ]);
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at);
    texts.push(bytes.toString('latin1', at + 4, end));
    at = end;
  }
  t.deepEqual(
    texts,
    best.flatMap(all => all.slice(0, 2)),
  );
});

test('parameters that are hints are ignored', async t => {
  const parameters = { content_type: 'np' };
  const response = await infer(championApp, {
    parameters: { priority: 1, timeout: 1000, sequence_id: 7 },
    inputs: [{ ...tensor, parameters }],
    outputs: [{ name: 'digit', parameters }],
  });
  t.deepEqual(response.json().outputs[0].data, allDigits);
});

for (const padding of ['', ' ', '  ', '   ']) {
  test(`binary tensors are read and written, ${padding.length} bytes off alignment`, async t => {
    const more = { parameters: { binary_data_output: true } };
    const input = { datatype: 'FP32' };
    const response = await inferBinary(input, Buffer.from(images.buffer), more, padding);
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
