// Memory that must not grow: over many models in one process, and over many requests to a service.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { forAllTests, startService } from '../test/hostile/service.ts';
import { draw } from '../test/support/drawing.ts';
import { png } from '../test/support/files.ts';
import { fileForm, formHeaders } from '../test/support/form.ts';

const started = startService(forAllTests);

/** Less than half of the weights of fifteen models. */
const maxModelGrowthMiB = 40;

test.serial('twenty models in a row take no more memory than five', async t => {
  t.timeout(120_000);
  const script = fileURLToPath(new URL('swap-models.ts', import.meta.url));
  const child = fork(script, { execArgv: ['--expose-gc'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [{ swaps, afterFive, afterTwenty }] = await once(child, 'message');
  t.is(swaps, 20);
  t.log(`${afterFive} → ${afterTwenty} MiB`);
  t.true(afterTwenty - afterFive < maxModelGrowthMiB, `${afterFive} → ${afterTwenty} MiB`);
});

const requests = 20_000;

test.serial('twenty thousand requests to a service leave its memory as it was', async t => {
  t.timeout(300_000);
  const service = await started;
  const body = fileForm(png(draw(7, 28)));
  service.measureMemory();
  let left = requests;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left-- > 0) await service.post('/predict', formHeaders, body);
    }),
  );
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});
