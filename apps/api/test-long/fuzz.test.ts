// Mutated uploads; nx run api:fuzz sends more, and reruns a failure.

import { fileURLToPath } from 'node:url';
import { loadChampion } from '@digits/nn';
import test from 'ava';
import fc from 'fast-check';
import { buildTestApp } from '../test/support/app.ts';
import { checkHarmless, checkUnharmed } from '../test/support/harmless.ts';
import { hostileUpload } from '../test/support/mutations.ts';

const modelsDir = fileURLToPath(new URL('../../../models', import.meta.url));

test('a mutated upload is answered or refused, and the next good one is classified', async t => {
  t.timeout(300_000);
  const app = await buildTestApp(t, { models: { champion: await loadChampion(modelsDir) } });
  const property = fc.asyncProperty(hostileUpload, async upload => {
    await checkHarmless(app, upload);
    await checkUnharmed(app);
  });
  await t.notThrowsAsync(fc.assert(property, { numRuns: 2000, seed: 7 }));
});
