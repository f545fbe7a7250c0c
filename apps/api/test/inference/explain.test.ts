import { fileURLToPath } from 'node:url';
import { layerOutputs, loadChampion } from '@digits/nn';
import test from 'ava';
import { predict, toNetworkInput } from '../../src/inference/predict.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { injected, isProblem } from '../support/problem.ts';

const champion = await loadChampion(fileURLToPath(new URL('../../../../models', import.meta.url)));
const seven = png(draw(7, 28));
const blank = png({ side: 28, data: new Uint8Array(784) });
const options = { maxPixels: 1_000_000, explain: ['saliency'] } as const;
const headers = { 'content-type': 'image/png' };

test('an explanation has the network’s input and a saliency map', async t => {
  const { seen, saliency } = await predict(seven, champion, options);
  t.deepEqual(seen, Array.from((await toNetworkInput(seven, 1_000_000))!));
  t.is(saliency?.length, 784);
  t.true(saliency!.some(value => value > 0));
  t.true(saliency!.every((value, i) => seen![i] !== 0 || value === 0));
});

test('the explanation of a picture is deterministic', async t => {
  const first = await predict(seven, champion, options);
  await predict(png(draw(1, 28)), champion, options);
  t.deepEqual(await predict(seven, champion, options), first);
});

test('the explanation of a blank picture is all zeros', async t => {
  const { seen, saliency } = await predict(blank, champion, options);
  t.deepEqual(seen, new Array(784).fill(0));
  t.deepEqual(saliency, new Array(784).fill(0));
});

test('the layers are the outputs of the network, the logits last', async t => {
  const { seen, layers, digit, probabilities } = await predict(seven, champion, {
    ...options,
    explain: ['layers'],
  });
  const { model } = champion;
  const outputs = layerOutputs(model, Float32Array.from(seen!));
  t.deepEqual(
    layers!.map(({ length }) => length),
    model.layerSizes.slice(1),
  );
  for (const [l, layer] of layers!.entries()) {
    t.true(layer.every((value, i) => Math.abs(value - outputs[l]![i]!) < 1e-6));
  }
  const logits = layers!.at(-1)!;
  t.is(digit, logits.indexOf(Math.max(...logits)));
  const exponentials = logits.map(logit => Math.exp(logit / model.temperature));
  const sum = exponentials.reduce((total, value) => total + value);
  t.true(probabilities.every((value, i) => Math.abs(value - exponentials[i]! / sum) < 1e-4));
});

test('the layers of a blank picture are zeros', async t => {
  const { layers } = await predict(blank, champion, { ...options, explain: ['layers'] });
  t.deepEqual(
    layers,
    champion.model.layerSizes.slice(1).map(size => new Array(size).fill(0)),
  );
});

const parts = ['seen', 'saliency', 'layers'];

test('explain names the parts that are added', async t => {
  const app = await buildTestApp(t);
  for (const [query, expected] of [
    ['?explain=true', ['seen', 'saliency']],
    ['?explain', ['seen', 'saliency']],
    ['?explain=saliency', ['seen', 'saliency']],
    ['?explain=layers', ['seen', 'layers']],
    ['?explain=saliency,layers', parts],
    ['?explain=layers%2Csaliency', parts],
    ['?explain=saliency&explain=layers', parts],
    ['?explain=false', []],
    ['', []],
  ] as const) {
    const url = `/predict${query}`;
    const answer = (await app.inject({ method: 'POST', url, headers, payload: seven })).json();
    const added = parts.filter(part => part in answer);
    t.deepEqual(added, [...expected], query);
  }
});

test('any other value of explain is refused, with the parameter’s name', async t => {
  const app = await buildTestApp(t);
  for (const query of [
    'explain=maybe',
    'explain=2',
    'explain=true&explain=false',
    'explain=true,layers',
    'explain=layers,',
    'explain=layers,layers',
    `explain=${'layers,'.repeat(1000)}`,
  ]) {
    const url = `/predict?${query}`;
    const response = await app.inject({ method: 'POST', url, headers, payload: seven });
    isProblem(t, injected(response), 400, 'bad-request');
    t.regex(response.json().detail, /^"explain" must be|^Send "explain" once\.$/);
  }
});
