// The short form of nx run api:equivalence: the network's input for an MNIST image sent as PNG is that
// image.

import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import type { Prediction } from '@digits/protocol';
import test from 'ava';
import { buildTestApp } from '../support/app.ts';
import { png } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { loadMnistTestImages, meanDifference } from '../support/mnist.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));

test('200 MNIST images sent as PNG reach the network unchanged, and are classified', async t => {
  const app = await buildTestApp(t, { models: { champion: await loadChampion(modelsDir) } });
  const images = await loadMnistTestImages(200);
  let correct = 0;
  for (const [i, image] of images.entries()) {
    const bare = i % 4 !== 0;
    const { body } = await app.inject({
      method: 'POST',
      url: '/predict?explain=true',
      headers: bare ? { 'content-type': 'image/png' } : formHeaders,
      payload: bare ? png(image) : fileForm(png(image)),
    });
    const { digit, seen } = JSON.parse(body) as Prediction;
    const difference = meanDifference(seen!, image);
    t.true(difference < 0.02, `image ${i}: mean absolute difference ${difference}`);
    if (digit === image.label) correct++;
  }
  t.true(correct >= 198, `${correct} of 200 read`);
});
