// Batches of images in the built service, where they have a thread of their own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import test from 'ava';
import { mainModule } from '../checks/support/service.ts';
import { LogLines } from '../test/support/log-lines.ts';

const count = 200;

test('a batch has the same answers before its thread is ready, in the thread, and without one', async t => {
  t.plan(availableParallelism() > 1 ? 5 : 4);
  const values = Float32Array.from({ length: count * 784 }, (_, i) => Math.abs(Math.sin(i * i)));
  const tensor = { name: 'input', datatype: 'FP32', shape: [count, 784], data: [...values] };
  const answers: unknown[] = [];
  for (const batchThread of ['on', 'off']) {
    const env = { PORT: '0', LOG_LEVEL: 'debug', BATCH_THREAD: batchThread };
    const service = spawn(process.execPath, [mainModule], { env });
    t.teardown(() => service.kill('SIGKILL'));
    const log = new LogLines();
    createInterface({ input: service.stdout }).on('line', line => log.write(line));
    const { msg } = await log.waitFor(line => /listening at/.test(String(line.msg)));
    const url = `${/http:.*/.exec(String(msg))?.[0]}/v2/models/digits/infer`;
    const ask = async () => {
      const body = JSON.stringify({ inputs: [tensor] });
      const answer = await (await fetch(url, { method: 'POST', body })).json();
      answers.push((answer as { outputs: unknown }).outputs);
    };
    await ask();
    if (batchThread === 'on' && availableParallelism() > 1) {
      await log.waitFor(line => line.msg === 'the thread for batches is ready');
      await ask();
    }
    service.kill('SIGTERM');
    t.deepEqual(await once(service, 'exit'), [0, null]);
  }
  t.deepEqual((answers[0] as { shape: number[] }[])[0]?.shape, [count, 10]);
  for (const answer of answers.slice(1)) t.deepEqual(answer, answers[0]);
});
