import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import type { FastifyInstance } from 'fastify';
import type { Disagreement } from '../../src/schemas/disagreement.ts';
import { buildTestApp, loadTinyShadow } from '../support/app.ts';
import { picture, postFeedback } from '../support/feedback.ts';
import { injected, isProblem } from '../support/problem.ts';

const apiKey = 'a-key-for-these-tests';

type Teardown = Parameters<typeof buildTestApp>[0];

/** An app whose champion predicts 7 for every picture, and its shadow 3. */
async function shadowedApp(t: Teardown, config: Parameters<typeof buildTestApp>[1] = {}) {
  return buildTestApp(t, { ...config, shadows: { shadow: await loadTinyShadow(3) } });
}

function predict(app: FastifyInstance, payload: Buffer) {
  const headers = { 'content-type': 'image/png', 'x-api-key': apiKey };
  return app.inject({ method: 'POST', url: '/predict', headers, payload });
}

async function list(app: FastifyInstance, query = '') {
  return (await app.inject(`/disagreements${query}`)).json();
}

/** Sends pictures and waits until all are stored. @returns the newest first */
async function disagree(app: FastifyInstance, count: number): Promise<Disagreement[]> {
  for (let i = 0; i < count; i++) await predict(app, picture(i));
  for (;;) {
    const { items } = await list(app);
    if (items.length === count) return items;
    await setImmediate();
  }
}

const labelled = (app: FastifyInstance, id: string, payload: object | string) =>
  app.inject({
    method: 'POST',
    url: `/disagreements/${id}/label`,
    headers: { 'content-type': 'application/json' },
    payload,
  });

test.serial(
  'a picture is stored once with both answers, and the response is the champion’s',
  async t => {
    const app = await shadowedApp(t);
    t.is((await predict(app, picture(0))).json().digit, 7);
    const [disagreement] = await disagree(app, 1);
    const { id, createdAt, champion, shadow, input } = disagreement!;
    t.regex(id, /^[0-9a-f-]{36}$/);
    t.true(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000);
    t.like(champion, { digit: 7, accepted: true, reason: null, model: { version: 'tiny-1' } });
    t.like(shadow, { digit: 3, accepted: true, reason: null, model: { version: 'tiny-3' } });
    t.deepEqual(input, {
      sha256: createHash('sha256').update(picture(0)).digest('hex'),
      contentType: 'image/png',
      byteLength: picture(0).length,
    });
    await disagree(app, 2);
    t.is((await list(app)).total, 2);
    const { body } = await app.inject('/metrics');
    t.regex(body, /digits_shadow_disagreements_total\{champion="7",shadow="3"\} [234]\n/);
  },
);

test.serial('the list has pages, and the header Link names the next one', async t => {
  const app = await shadowedApp(t);
  const all = await disagree(app, 3);
  const first = await app.inject('/disagreements?limit=2&order=newest');
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(String(first.headers.link)) ?? [];
  const second = await app.inject(next);
  t.is(second.headers.link, undefined);
  t.deepEqual([...first.json().items, ...second.json().items], all);
  t.deepEqual((await list(app, '?order=oldest')).items, all.toReversed());
  for (const query of ['limit=0', 'limit=201', 'cursor=x', 'order=x']) {
    isProblem(t, injected(await app.inject(`/disagreements?${query}`)), 400, 'bad-request');
  }
});

test.serial('a picture is returned as it was sent, cacheable', async t => {
  const app = await shadowedApp(t);
  const [{ id, input }] = (await disagree(app, 1)) as [Disagreement];
  const url = `/disagreements/${id}/image`;
  const response = await app.inject(url);
  t.deepEqual(response.rawPayload, picture(0));
  t.is(response.headers['content-type'], 'image/png');
  t.is(response.headers['x-content-type-options'], 'nosniff');
  t.is(response.headers['cache-control'], 'private, max-age=31536000, immutable');
  const headers = { 'if-none-match': `"${input.sha256}"` };
  t.is((await app.inject({ url, headers })).statusCode, 304);
});

test.serial(
  'a labelled picture becomes a correction, is exported, and leaves the list',
  async t => {
    const app = await shadowedApp(t);
    const [{ id, input, champion }] = (await disagree(app, 1)) as [Disagreement];
    const response = await labelled(app, id, { label: 3 });
    t.is(response.statusCode, 201);
    t.is(response.headers.location, `/feedback/${id}`);
    const { createdAt, ...rest } = response.json();
    t.regex(createdAt, /Z$/);
    const { digit: predicted, ...answered } = champion;
    t.deepEqual(rest, { id, label: 3, source: 'disagreement', predicted, ...answered, input });
    t.deepEqual((await app.inject('/feedback?source=disagreement')).json().items, [
      response.json(),
    ]);
    const { rawPayload } = await app.inject('/feedback/export?format=idx');
    t.true(rawPayload.includes(`"id":"${id}","label":3,"source":"disagreement"`));
    t.is((await list(app)).total, 0);
    isProblem(t, injected(await labelled(app, id, { label: 3 })), 404, 'no-such-disagreement');
  },
);

test.serial('a correction of the same picture removes it from the list', async t => {
  const app = await shadowedApp(t);
  await disagree(app, 1);
  await postFeedback(app, '?label=7', picture(0));
  t.is((await list(app)).total, 0);
});

test.serial('an invalid label is refused and changes nothing', async t => {
  const app = await shadowedApp(t);
  const [{ id }] = (await disagree(app, 1)) as [Disagreement];
  for (const body of [{ label: 10 }, { label: -1 }, { label: 1.5 }, { label: '3' }]) {
    isProblem(t, injected(await labelled(app, id, body)), 400, 'bad-label');
  }
  for (const body of [{}, [3], 'null']) {
    isProblem(t, injected(await labelled(app, id, body)), 400, 'no-label');
  }
  isProblem(t, injected(await labelled(app, id, '{"label":')), 400, 'bad-request');
  const large = JSON.stringify({ label: 3, more: 'x'.repeat(1024) });
  isProblem(t, injected(await labelled(app, id, large)), 413, 'file-too-large');
  const text = await app.inject({
    method: 'POST',
    url: `/disagreements/${id}/label`,
    headers: { 'content-type': 'text/html' },
    payload: '3',
  });
  isProblem(t, injected(text), 415, 'unsupported-content-type');
  const strange = await postFeedback(app, '?label=4&source=disagreement');
  isProblem(t, injected(strange), 400, 'bad-source');
  t.is((await list(app)).total, 1);
});

test.serial('a deleted or unknown disagreement is not found', async t => {
  const app = await shadowedApp(t);
  const [{ id }] = (await disagree(app, 1)) as [Disagreement];
  const url = `/disagreements/${id}`;
  t.is((await app.inject({ method: 'DELETE', url })).statusCode, 204);
  for (const answer of [
    await app.inject({ method: 'DELETE', url }),
    await app.inject(`${url}/image`),
    await labelled(app, id, { label: 3 }),
  ]) {
    isProblem(t, injected(answer), 404, 'no-such-disagreement');
  }
});

test.serial('the routes need the key', async t => {
  const app = await shadowedApp(t, { apiKey });
  for (const [method, url] of [
    ['GET', '/disagreements'],
    ['GET', '/disagreements/x/image'],
    ['POST', '/disagreements/x/label'],
    ['DELETE', '/disagreements/x'],
  ] as const) {
    isProblem(t, injected(await app.inject({ method, url })), 401, 'unauthorized');
    const known = await app.inject({ method, url, headers: { 'x-api-key': apiKey } });
    t.not(known.statusCode, 401);
  }
});

test.serial('without a store the champion answers and the failure is counted', async t => {
  const app = await shadowedApp(t, { dataDir: '/dev/null/x' });
  t.is((await predict(app, picture(0))).statusCode, 200);
  for (;;) {
    const { body } = await app.inject('/metrics');
    if (body.includes('digits_shadow_failed_total 1\n')) break;
    await setImmediate();
  }
  t.is((await predict(app, picture(1))).statusCode, 200);
  t.is((await app.inject('/health/ready')).statusCode, 200);
  isProblem(t, injected(await app.inject('/disagreements')), 503, 'feedback-unavailable');
});
