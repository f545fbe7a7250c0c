import test from 'ava';
import type { ModelStore } from '../../src/inference/model-store.ts';
import { buildTestApp } from '../support/app.ts';
import { LogLines } from '../support/log-lines.ts';
import { injected, isProblem } from '../support/problem.ts';

const brokenStore: ModelStore = {
  get champion(): never {
    throw new Error('a secret of the house');
  },
};

test('an unknown address is not found', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject('/nowhere?x=1');
  isProblem(t, injected(response), 404, 'not-found');
});

test('a wrong method is refused with the allowed ones', async t => {
  const app = await buildTestApp(t);
  const get = await app.inject('/predict?x=1');
  isProblem(t, injected(get), 405, 'method-not-allowed');
  t.is(get.headers.allow, 'POST');

  const put = await app.inject({ method: 'PUT', url: '/health/live' });
  isProblem(t, injected(put), 405, 'method-not-allowed');
  t.is(put.headers.allow, 'GET, HEAD');
});

for (const [method, url, allow] of [
  ['PUT', '/feedback/x', 'GET, HEAD, DELETE'],
  ['PUT', '/feedback/x/image?y=1', 'GET, HEAD'],
  ['POST', '/feedback/export', 'GET, HEAD, DELETE'],
] as const) {
  test(`an address with a parameter lists its methods: ${method} ${url}`, async t => {
    const app = await buildTestApp(t);
    const response = await app.inject({ method, url });
    isProblem(t, injected(response), 405, 'method-not-allowed');
    t.is(response.headers.allow, allow);
  });
}

test('the inference protocol reports errors in its own form', async t => {
  const app = await buildTestApp(t);
  const response = await app.inject({ method: 'DELETE', url: '/v2/models/digits' });
  t.is(response.statusCode, 405);
  t.is(response.headers.allow, 'GET, HEAD');
  t.deepEqual(response.json(), {
    error: 'This address allows GET, HEAD.',
    code: 'method-not-allowed',
  });
});

for (const url of ['/feedback/', '/feedback/x/', '/feedback//image', '/feedback/x/nothing', '//']) {
  test(`an address with an empty or additional segment is not found: ${url}`, async t => {
    const app = await buildTestApp(t);
    isProblem(t, injected(await app.inject({ method: 'PUT', url })), 404, 'not-found');
  });
}

test('an address that cannot be decoded is a bad request', async t => {
  const app = await buildTestApp(t);
  isProblem(t, injected(await app.inject('/%zz')), 400, 'bad-request');
});

test('a bug is answered without details and logged in full', async t => {
  const log = new LogLines();
  const app = await buildTestApp(t, { models: brokenStore, logger: { stream: log } });
  const response = await app.inject('/health/ready');
  isProblem(t, injected(response), 500, 'internal-error');
  t.notRegex(response.body, /secret/);
  t.like(await log.waitFor(line => line.msg === 'request failed'), {
    err: { message: 'a secret of the house' },
  });
});
