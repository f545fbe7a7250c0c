// The short form of nx run api:fuzz.

import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import fc from 'fast-check';
import { buildTestApp } from '../support/app.ts';
import { checkHarmless, checkUnharmed } from '../support/harmless.ts';
import { hostileUpload } from '../support/mutations.ts';

const modelsDir = fileURLToPath(new URL('../../../../models', import.meta.url));

test('a changed upload is answered or refused, and the next good one is read', async t => {
  t.timeout(60_000);
  const app = await buildTestApp(t, { models: { champion: await loadChampion(modelsDir) } });
  const property = fc.asyncProperty(hostileUpload, async upload => {
    await checkHarmless(app, upload);
    await checkUnharmed(app);
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: 300, seed: 7 }));
});
