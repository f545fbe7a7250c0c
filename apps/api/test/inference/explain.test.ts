import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import { predict, toNetworkInput } from '../../src/inference/predict.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { png } from '../support/files.ts';
import { injected, isProblem } from '../support/problem.ts';

const champion = await loadChampion(fileURLToPath(new URL('../../../../models', import.meta.url)));
const seven = png(draw(7, 28));
const blank = png({ side: 28, data: new Uint8Array(784) });
const options = { maxPixels: 1_000_000, explain: true };
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

for (const [query, isExplained] of [
  ['?explain=true', true],
  ['?explain', true],
  ['?explain=false', false],
  ['', false],
] as const) {
  test(`/predict${query} ${isExplained ? 'explains' : 'does not explain'}`, async t => {
    const app = await buildTestApp(t);
    const url = `/predict${query}`;
    const answer = (await app.inject({ method: 'POST', url, headers, payload: seven })).json();
    t.is('seen' in answer, isExplained);
    t.is('saliency' in answer, isExplained);
  });
}

for (const query of ['explain=maybe', 'explain=2', 'explain=true&explain=false']) {
  test(`/predict?${query} is refused, with the parameter’s name`, async t => {
    const app = await buildTestApp(t);
    const url = `/predict?${query}`;
    const response = await app.inject({ method: 'POST', url, headers, payload: seven });
    isProblem(t, injected(response), 400, 'bad-request');
    t.regex(response.json().detail, /"explain"/);
  });
}
