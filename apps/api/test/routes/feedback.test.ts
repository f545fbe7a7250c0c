import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { picture, postFeedback } from '../support/feedback.ts';
import { pipeline, png } from '../support/files.ts';
import { formBody, formHeaders } from '../support/form.ts';
import { LogLines } from '../support/log-lines.ts';
import { injected, isProblem } from '../support/problem.ts';
import { tinyDigit } from '../support/tiny-model.ts';

const file = { name: 'file', filename: '7.png', type: 'image/png', content: picture(0) };

test.serial('a correction is stored completely, and returned at its location', async t => {
  const app = await buildTestApp(t);
  const response = await postFeedback(app, '?label=4&source=practice');
  t.is(response.statusCode, 201);
  const { id, createdAt, confidence, model, ...rest } = response.json();
  t.regex(id, /^[0-9a-f-]{36}$/);
  t.true(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000);
  t.true(Math.abs(confidence - 0.9) < 1e-6);
  t.like(model, { name: 'digits', version: 'tiny-1' });
  t.deepEqual(rest, {
    label: 4,
    source: 'practice',
    predicted: tinyDigit,
    accepted: true,
    reason: null,
    input: {
      sha256: createHash('sha256').update(picture(0)).digest('hex'),
      contentType: 'image/png',
      byteLength: picture(0).length,
    },
  });
  t.is(response.headers.location, `/feedback/${id}`);
  t.deepEqual((await app.inject(`/feedback/${id}`)).json(), response.json());
});

test.serial('a form has the label, and optionally the source, beside the file', async t => {
  const app = await buildTestApp(t);
  const payload = formBody(file, { name: 'label', content: '0' });
  const headers = formHeaders;
  const response = await app.inject({ method: 'POST', url: '/feedback', headers, payload });
  t.is(response.statusCode, 201);
  t.like(response.json(), { label: 0, source: 'correction' });
});

test.serial('the same picture is stored once for each label', async t => {
  const app = await buildTestApp(t);
  const first = await postFeedback(app, '?label=4');
  const again = await postFeedback(app, '?label=4&source=import');
  t.is(again.statusCode, 200);
  t.deepEqual(again.json(), first.json());
  t.is((await postFeedback(app, '?label=5')).statusCode, 201);
  t.is((await app.inject('/feedback')).json().total, 2);
});

test.serial('a missing label is refused as such, and one that is not a digit as such', async t => {
  const app = await buildTestApp(t);
  for (const query of ['', '?label=']) {
    isProblem(t, injected(await postFeedback(app, query)), 400, 'no-label');
  }
  for (const label of ['10', '-1', '4.0', 'x', '1&label=2']) {
    isProblem(t, injected(await postFeedback(app, `?label=${label}`)), 400, 'bad-label');
  }
});

test.serial('an unknown source, a blank picture and a text are refused', async t => {
  const app = await buildTestApp(t);
  const strange = await postFeedback(app, '?label=4&source=guess');
  isProblem(t, injected(strange), 400, 'bad-source');
  const blank = await postFeedback(app, '?label=4', png({ side: 28, data: new Uint8Array(784) }));
  isProblem(t, injected(blank), 422, 'blank-image');
  const text = await postFeedback(app, '?label=4', Buffer.from('a text'));
  isProblem(t, injected(text), 415, 'not-an-image');
  t.deepEqual((await app.inject('/feedback')).json(), { items: [], total: 0, next: null });
});

test.serial('a picture is returned as it was sent, with its media type, cacheable', async t => {
  const app = await buildTestApp(t);
  const payload = await pipeline(draw(7, 29)).webp().toBuffer();
  const { id, input } = (await postFeedback(app, '?label=7', payload)).json();
  const url = `/feedback/${id}/image`;
  const response = await app.inject(url);
  t.is(response.statusCode, 200);
  t.deepEqual(response.rawPayload, payload);
  t.is(response.headers['content-type'], 'image/webp');
  t.is(response.headers['x-content-type-options'], 'nosniff');
  t.is(response.headers.etag, `"${input.sha256}"`);
  t.is(response.headers['cache-control'], 'private, max-age=31536000, immutable');
  const headers = { 'if-none-match': `"x", W/"${input.sha256}"` };
  const again = await app.inject({ url, headers });
  t.is(again.statusCode, 304);
  t.is(again.body, '');
});

test.serial('a deleted correction is not found, and can be sent again', async t => {
  const app = await buildTestApp(t);
  const { id } = (await postFeedback(app, '?label=4')).json();
  const url = `/feedback/${id}`;
  t.is((await app.inject({ method: 'DELETE', url })).statusCode, 204);
  for (const request of [{ url }, { url: `${url}/image` }, { url, method: 'DELETE' }] as const) {
    isProblem(t, injected(await app.inject(request)), 404, 'no-such-feedback');
  }
  t.is((await postFeedback(app, '?label=4')).statusCode, 201);
});

test.serial('a list can be filtered by every property', async t => {
  const app = await buildTestApp(t);
  await postFeedback(app, '?label=7', picture(1));
  await postFeedback(app, '?label=4&source=import', picture(2));
  const middle = (await app.inject('/feedback?order=oldest')).json().items[1].createdAt;
  await postFeedback(app, '?label=4', picture(3));
  for (const [query, total] of [
    ['label=4', 2],
    ['label=3', 0],
    ['predicted=7', 3],
    ['predicted=4', 0],
    ['source=import', 1],
    ['model=tiny-1', 3],
    ['model=other', 0],
    ['wrong=true', 2],
    ['wrong=false', 1],
    ['wrong', 2],
    ['wrong=0', 1],
    ['wrong=true&source=correction', 1],
    ['since=2000-01-01T00:00:00Z', 3],
    ['until=2000-01-01T00:00:00%2B02:00', 0],
    [`since=${middle}&until=2999-01-01T00:00:00Z&source=import`, 1],
    ['since=2016-12-31T23:59:60Z', 3],
    ['until=2016-12-31T18:59:60.5-05:00', 0],
    ['since=9999-12-31T23:59:59-23:59', 0],
    ['until=0000-01-01T00:00:00%2B23:59', 0],
    // Names that every object has.
    ['constructor=1&toString=1&hasOwnProperty=1', 3],
    ['__proto__=1&wrong=true', 2],
  ] as const) {
    const { items, ...page } = (await app.inject(`/feedback?${query}`)).json();
    t.deepEqual([items.length, page.total, page.next], [total, total, null], query);
  }
  for (const query of [
    ...['label=10', 'limit=0', 'limit=201', 'cursor=x', 'order=x', 'since=today'],
    // Numbers and truth in other languages.
    ...['limit=0x10', 'limit=1e1', 'limit=1n', 'label=true', 'limit=+5', 'wrong=oui', 'limit='],
    ...[`limit=${'0'.repeat(10_000)}1`, 'limit=5&limit=6', 'label=7&label=7'],
    ...['since=2026-02-30T00:00:00Z', 'until=2026-03-14T15:09:26Z[Europe/Berlin]'],
  ]) {
    isProblem(t, injected(await app.inject(`/feedback?${query}`)), 400, 'bad-request');
  }
  t.is((await app.inject('/health/ready')).json().feedback, 'available');
});

test.serial('a wrong parameter is named once, with what it may be', async t => {
  const app = await buildTestApp(t);
  for (const [url, detail] of [
    ['/feedback/export?format=zip', '"format" must be tar or idx, not "zip".'],
    ['/feedback?order=x', '"order" must be newest or oldest, not "x".'],
    [
      '/feedback?label=11&limit=0',
      '"label" must be a whole number from 0 to 9, not "11". "limit" must be a whole number from 1 to 200, not "0".',
    ],
    ['/feedback?since=today', '"since" must be a time such as 2026-03-14T15:09:26Z, not "today".'],
    ['/feedback?cursor=x', '"cursor" must be `next` of the previous page, not "x".'],
    ['/feedback?label=7&label=7', 'Send "label" once.'],
  ] as const) {
    t.is((await app.inject(url)).json().detail, detail);
  }
});

test.serial('the header Link names the next page with the same filters', async t => {
  const app = await buildTestApp(t);
  for (const i of [1, 2, 3]) await postFeedback(app, '?label=4', picture(i));
  const first = await app.inject('/feedback?limit=2&wrong=true');
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(String(first.headers.link)) ?? [];
  const second = await app.inject(next);
  t.is(second.headers.link, undefined);
  t.is(second.json().next, null);
  const labels = [...first.json().items, ...second.json().items].map(({ input }) => input.sha256);
  t.is(new Set(labels).size, 3);
});

test.serial(
  'paging returns every entry exactly once, even if others are added or deleted meanwhile',
  async t => {
    const app = await buildTestApp(t);
    let sent = 0;
    const send = async () => {
      const response = await postFeedback(app, `?label=${sent % 10}`, picture(sent++));
      return response.json().id as string;
    };
    const plan = fc.record({
      order: fc.constantFrom('newest', 'oldest'),
      limit: fc.integer({ min: 1, max: 4 }),
      between: fc.array(fc.constantFrom('add', 'delete'), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ order, limit, between }) => {
        const doomed = await send();
        const lasting = [await send(), await send()];
        const known: string[] = (await app.inject('/feedback?limit=200'))
          .json()
          .items.map(({ id }: { id: string }) => id);
        const seen: string[] = [];
        let next: string | null = '';
        for (let page = 0; next !== null; page++) {
          const cursor: string = next && `&cursor=${next}`;
          const body = (
            await app.inject(`/feedback?order=${order}&limit=${limit}${cursor}`)
          ).json();
          seen.push(...body.items.map(({ id }: { id: string }) => id));
          next = body.next;
          if (between[page] === 'add') await send();
          else if (between[page] === 'delete') {
            await app.inject({ method: 'DELETE', url: `/feedback/${doomed}` });
          }
        }
        t.is(new Set(seen).size, seen.length);
        t.true(known.filter(id => id !== doomed).every(id => seen.includes(id)));
        t.true(lasting.every(id => seen.includes(id)));
      }),
      { numRuns: 8 },
    );
  },
);

test.serial(
  'a file that is not a database is logged, and everything but corrections works',
  async t => {
    const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
    t.teardown(() => rm(dataDir, { recursive: true }));
    const database = join(dataDir, 'feedback.sqlite');
    await writeFile(database, 'A'.repeat(5000));
    const log = new LogLines();
    const app = await buildTestApp(t, { dataDir, logger: { stream: log } });
    const url = await app.listen({ port: 0 });
    await log.waitFor(({ code }) => code === 'feedback-corrupt');
    const response = await app.inject('/feedback');
    isProblem(t, injected(response), 503, 'feedback-unavailable');
    t.is(response.headers['retry-after'], '1');
    t.notRegex(response.body, /sqlite/);
    t.is((await fetch(`${url}/health/ready`)).status, 200);

    await rm(database);
    t.is((await postFeedback(app, '?label=4')).statusCode, 201, 'a repaired file needs no restart');
  },
);

test.serial('a full store is reported as such, and is read and deleted from', async t => {
  const log = new LogLines();
  const app = await buildTestApp(t, { maxFeedbackBytes: 100_000, logger: { stream: log } });
  const ids: string[] = [];
  let response = await postFeedback(app, '?label=1', picture(0));
  for (let i = 1; response.statusCode === 201; i++) {
    ids.push(response.json().id);
    response = await postFeedback(app, '?label=1', picture(i));
  }
  isProblem(t, injected(response), 507, 'feedback-full');
  await log.waitFor(({ code }) => code === 'feedback-full');
  t.is((await app.inject('/feedback')).json().total, ids.length);
  const state = async () => (await app.inject('/health/ready')).json().feedback;
  t.is(await state(), 'full');
  for (const id of ids) {
    t.is((await app.inject({ method: 'DELETE', url: `/feedback/${id}` })).statusCode, 204);
  }
  t.is(await state(), 'available');
  t.is((await postFeedback(app, '?label=1', picture(99))).statusCode, 201);
});
