// GET / and GET /page/:file, over the files of a small build in a folder of its own.

import { randomUUID } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { buildTestApp } from '../../support/app.ts';
import { injected, isProblem } from '../../support/problem.ts';

const files = {
  'page.html': '<!doctype html><title>A page</title><script src="page/main-1.js"></script>',
  'main-1.js': 'document.title = "Seven";\n'.repeat(20),
  'page-1.css': 'body { margin: 0 }',
  'notes.txt': 'none of the page',
};

async function startApp(t: ExecutionContext, built: Readonly<Record<string, string>> = files) {
  const pageFolder = join(tmpdir(), `digits-page-${randomUUID()}`);
  await build(pageFolder, built);
  t.teardown(() => rm(pageFolder, { recursive: true }));
  return { pageFolder, app: await buildTestApp(t, { pageFolder }) };
}

async function build(folder: string, built: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(built)) await writeFile(join(folder, name), text);
}

test('the page is checked at each visit, and runs only what this origin serves', async t => {
  const { app } = await startApp(t);
  const { statusCode, headers, body } = await app.inject('/');
  t.is(statusCode, 200);
  t.is(body, files['page.html']);
  t.like(headers, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
      "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  });
});

test('its files are kept for good, as their names change with their content', async t => {
  const { app } = await startApp(t);
  for (const [name, type] of [
    ['main-1.js', 'text/javascript; charset=utf-8'],
    ['page-1.css', 'text/css; charset=utf-8'],
  ] as const) {
    const { statusCode, headers, body } = await app.inject(`/page/${name}`);
    t.is(statusCode, 200);
    t.is(body, files[name]);
    t.is(headers['content-type'], type);
    t.is(headers['cache-control'], 'public, max-age=31536000, immutable');
  }
});

for (const [accepted, coding] of [
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['GZIP ; q=0.000', undefined],
  ['identity', undefined],
] as const) {
  test(`a client that accepts "${accepted}" gets ${coding ?? 'the plain file'}`, async t => {
    const { app } = await startApp(t);
    const { headers, rawPayload } = await app.inject({
      url: '/page/main-1.js',
      headers: { 'accept-encoding': accepted },
    });
    t.is(headers['content-encoding'], coding);
    const decode = { br: brotliDecompressSync, gzip: gunzipSync, plain: (bytes: Buffer) => bytes };
    t.is(decode[coding ?? 'plain'](rawPayload).toString(), files['main-1.js']);
    if (coding !== undefined) t.true(rawPayload.length < files['main-1.js'].length);
  });
}

test('a client that has the page gets 304 until another one is built', async t => {
  const { app, pageFolder } = await startApp(t);
  const { etag } = (await app.inject('/')).headers;
  const known = { url: '/', headers: { 'if-none-match': `"other", ${etag}` } };
  const { statusCode, headers, body } = await app.inject(known);
  t.deepEqual([statusCode, body, headers.etag], [304, '', etag]);
  t.is(headers['cache-control'], 'no-cache');
  for (const tag of ['*', `${etag}`.replace('W/', '')]) {
    const { statusCode } = await app.inject({ url: '/', headers: { 'if-none-match': tag } });
    t.is(statusCode, 304, tag);
  }

  await build(pageFolder, { 'main-2.js': 'new', 'page.html': 'another page' });
  // As of another second, because some file systems store whole seconds only.
  await utimes(join(pageFolder, 'page.html'), 1, 1);
  t.is((await app.inject(known)).body, 'another page');
  t.is((await app.inject('/page/main-2.js')).body, 'new');
});

test('HEAD has the headers of GET', async t => {
  const { app } = await startApp(t);
  for (const url of ['/', '/page/main-1.js']) {
    const [head, get] = [await app.inject({ method: 'HEAD', url }), await app.inject(url)];
    t.is(head.statusCode, 200);
    t.is(head.body, '');
    for (const name of ['content-length', 'content-type', 'etag', 'cache-control'])
      t.is(head.headers[name], get.headers[name], name);
  }
});

test('other files than those of the page are not served', async t => {
  const { app } = await startApp(t);
  for (const name of [
    'main-0.js',
    'page.html',
    'notes.txt',
    '..%2fpage.html',
    '%00',
    'x/main-1.js',
  ])
    isProblem(t, injected(await app.inject(`/page/${name}`)), 404, 'not-found');
});

test('a page that is not built is not found until it is built', async t => {
  const { app, pageFolder } = await startApp(t, {});
  const answer = injected(await app.inject('/'));
  isProblem(t, answer, 404, 'not-found');
  t.regex((answer.body as { detail: string }).detail, /npx nx build web/);
  await build(pageFolder, files);
  t.is((await app.inject('/')).statusCode, 200);
});

test('with BROWSER_PAGE=off there is nothing at its address', async t => {
  const app = await buildTestApp(t, { browserPage: 'off' });
  for (const url of ['/', '/page/main-1.js'])
    isProblem(t, injected(await app.inject(url)), 404, 'not-found');
});

test('the page needs no API key where its requests do', async t => {
  const apiKey = 'a-key-for-these-tests';
  const { pageFolder } = await startApp(t);
  const app = await buildTestApp(t, { pageFolder, apiKey });
  for (const url of ['/', '/page/main-1.js']) t.is((await app.inject(url)).statusCode, 200);
  for (const url of ['/page', '/model']) t.is((await app.inject(url)).statusCode, 401, url);
});
