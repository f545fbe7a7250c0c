import { fileURLToPath } from 'node:url';
import { type LoadedModel, loadChampion, type NnError } from '@digits/nn';
import test from 'ava';
import { selfTest } from '../../src/inference/self-test.ts';
import { loadTinyChampion } from '../support/app.ts';

const accuracy = { data: 'MNIST test images', count: 100, correct: 99 };

function fails(champion: LoadedModel): NnError['code'] | null {
  try {
    selfTest(champion);
    return null;
  } catch (error) {
    return (error as NnError).code;
  }
}

test('the committed champion passes', async t => {
  const folder = fileURLToPath(new URL('../../../../models', import.meta.url));
  t.notThrows(async () => selfTest(await loadChampion(folder)));
});

test('a model must reach the accuracy that its file claims, and no more', async t => {
  const champion = await loadTinyChampion();
  t.is(fails(champion), null);
  t.is(fails({ ...champion, model: { ...champion.model, accuracy } }), 'model-unsupported');
});

test('a model with NaN outputs fails', async t => {
  const champion = await loadTinyChampion();
  champion.model.network.layers[0]!.bias.fill(Number.NaN);
  t.is(fails(champion), 'model-unsupported');
});

test('a model with other layer sizes fails', async t => {
  const champion = await loadTinyChampion();
  const model = { ...champion.model, layerSizes: [784, 11] };
  t.is(fails({ ...champion, model }), 'model-unsupported');
});

test('a model with too many weights fails', async t => {
  const champion = await loadTinyChampion();
  const model = { ...champion.model, layerSizes: [784, 16_000, 10] };
  t.is(fails({ ...champion, model }), 'model-unsupported');
});
