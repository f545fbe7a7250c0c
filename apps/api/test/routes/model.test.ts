import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import { buildTestApp, loadTinyChampion, loadTinyShadow } from '../support/app.ts';
import { injected, isProblem } from '../support/problem.ts';

test('the served model is described', async t => {
  const champion = await loadTinyChampion();
  const app = await buildTestApp(t, { models: { champion } });
  const response = await app.inject('/model');
  t.is(response.statusCode, 200);
  t.deepEqual(response.json(), {
    name: 'digits',
    version: 'tiny-1',
    sha256: champion.sha256,
    layers: [784, 10],
    parameters: 7850,
    preprocessing: 'mnist-fit/2',
    temperature: 1,
    seed: 'none',
    trainedOn: 'nothing',
    acceptance: null,
    accuracy: null,
    shadow: null,
  });
});

test('the shadow is named', async t => {
  const shadow = await loadTinyShadow(3);
  const app = await buildTestApp(t, { shadows: { shadow } });
  const { version, shadow: named } = (await app.inject('/model')).json();
  t.is(version, 'tiny-1');
  t.deepEqual(named, { name: 'digits', version: 'tiny-3', sha256: shadow.sha256 });
});

test('the committed champion reports its accuracy and thresholds', async t => {
  const folder = fileURLToPath(new URL('../../../../models', import.meta.url));
  const app = await buildTestApp(t, { models: { champion: await loadChampion(folder) } });
  const { accuracy, acceptance } = (await app.inject('/model')).json();
  t.like(accuracy, { data: 'MNIST test images', count: 10_000 });
  t.true(accuracy.accuracy > 0.99);
  t.deepEqual(Object.keys(acceptance), ['minConfidence', 'maxEnergy']);
});

test('without a model the service is not ready', async t => {
  const app = await buildTestApp(t, { models: { champion: undefined } });
  isProblem(t, injected(await app.inject('/model')), 503, 'not-ready');
});
