import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChampion } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { fetchBounded } from '../../src/remote-models/fetch-bounded.ts';
import { RemoteModels } from '../../src/remote-models/remote-models.ts';
import { serveFolder } from '../support/static-server.ts';
import { promote, writeTinyModel, writeTinyVersion } from '../support/tiny-model.ts';

/** A served models folder with the tiny model, and what is fetched from it into an empty folder. */
async function setUp(t: ExecutionContext, credentials = '') {
  const served = await writeTinyModel();
  const parent = await mkdtemp(join(tmpdir(), 'digits-api-'));
  const server = await serveFolder(served);
  const folder = join(parent, 'remote-models');
  const events: string[] = [];
  const open = () => {
    const remote = new RemoteModels({
      url: new URL(server.url.replace('//', `//${credentials}`)),
      folder,
      intervalMs: 60_000,
      onCheck: result => events.push(result),
      onInstalled: ({ version }) => events.push(version),
      onProblem: ({ code }) => events.push(code),
    });
    t.teardown(() => remote.close());
    return remote;
  };
  t.teardown(async () => {
    await server.close();
    await rm(served, { recursive: true });
    await rm(parent, { recursive: true });
  });
  const loadedVersion = async () => (await loadChampion(folder)).version;
  return { served, server, folder, events, open, loadedVersion };
}

test('the champion is fetched once, and champion.json again only after a change', async t => {
  const { server, folder, events, open, loadedVersion } = await setUp(t);
  const remote = open();
  await remote.check();
  await remote.check();
  t.is(await loadedVersion(), 'tiny-1');
  t.deepEqual(server.answers, ['200 champion.json', '200 tiny.safetensors', '304 champion.json']);
  t.deepEqual(events, ['tiny-1', 'installed', 'unchanged']);
  const { sha256 } = await loadChampion(folder);
  t.like(remote.status, { url: `${server.url}/`, sha256, problem: undefined });
});

test('what is on disk already is not fetched again', async t => {
  const { server, events, open } = await setUp(t);
  await open().check();
  server.answers.length = 0;
  await open().check();
  t.deepEqual(server.answers, ['200 champion.json']);
  t.deepEqual(events, ['tiny-1', 'installed', 'unchanged']);
});

test('the previous version stays on disk, earlier ones do not', async t => {
  const { served, folder, open, loadedVersion } = await setUp(t);
  const remote = open();
  await remote.check();
  const digests: string[] = [];
  for (const digit of [1, 2, 3]) {
    const version = await writeTinyVersion(served, `tiny-${digit + 1}`, digit);
    digests.push(version.sha256);
    await promote(served, version);
    await remote.check();
  }
  t.is(await loadedVersion(), 'tiny-4');
  const folders = (await readdir(folder)).filter(name => name !== 'champion.json');
  t.deepEqual(folders.toSorted(), digests.slice(1).toSorted());
});

test('while the server is away the last champion stays, and one problem is reported', async t => {
  const { server, events, open, loadedVersion } = await setUp(t);
  const remote = open();
  await remote.check();
  server.respond = response => response.writeHead(503).end();
  await remote.check();
  await remote.check();
  t.is(await loadedVersion(), 'tiny-1');
  t.is(remote.status.problem, 'models-url-unavailable');
  server.respond = undefined;
  await remote.check();
  t.is(remote.status.problem, undefined);
  t.deepEqual(events.slice(2), ['failed', 'models-url-unavailable', 'failed', 'unchanged']);
});

for (const [what, code, damage] of [
  ['an incomplete file', 'champion-digest-mismatch', cutModel],
  ['a missing file', 'models-url-unavailable', removeModel],
  ['a champion.json that leads out of the folder', 'champion-corrupt', leadOutside],
  ['a champion.json without end', 'models-url-unavailable', overflow],
] as const) {
  test(`${what} leaves the champion as it was, until it is mended`, async t => {
    const { served, events, open, loadedVersion } = await setUp(t);
    const remote = open();
    await remote.check();
    const version = await writeTinyVersion(served, 'tiny-2', 2);
    const mend = await damage(served, version);
    await remote.check();
    t.deepEqual(events.slice(2), ['failed', code]);
    t.is(await loadedVersion(), 'tiny-1');
    await mend();
    await remote.check();
    t.is(await loadedVersion(), 'tiny-2');
  });
}

type Version = Awaited<ReturnType<typeof writeTinyVersion>>;

async function cutModel(folder: string, version: Version) {
  const file = join(folder, version.path);
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, 100));
  await promote(folder, version);
  return () => writeFile(file, bytes);
}

async function removeModel(folder: string, version: Version) {
  const file = join(folder, version.path);
  const bytes = await readFile(file);
  await rm(file);
  await promote(folder, version);
  return () => writeFile(file, bytes);
}

async function leadOutside(folder: string, version: Version) {
  await promote(folder, { ...version, path: '../tiny.safetensors' });
  return () => promote(folder, version);
}

async function overflow(folder: string, version: Version) {
  await writeFile(join(folder, 'champion.json'), ' '.repeat(100_000));
  return () => promote(folder, version);
}

test('user and password are sent, and shown nowhere', async t => {
  const { server, open } = await setUp(t, 'reader:p%40ss@');
  const remote = open();
  await remote.check();
  const [scheme, credentials = ''] = server.headers.authorization!.split(' ');
  t.is(scheme, 'Basic');
  t.is(Buffer.from(credentials, 'base64').toString(), 'reader:p@ss');
  t.is(remote.status.url, `${server.url}/`);
});

test('a redirect is not followed', async t => {
  const { server, open, events } = await setUp(t);
  server.respond = response =>
    response.writeHead(302, { location: 'http://127.0.0.1:1/champion.json' }).end();
  await open().check();
  t.deepEqual(events, ['failed', 'models-url-unavailable']);
  t.is(server.answers.length, 1);
});

test('a server that does not answer in time is given up', async t => {
  const { server } = await setUp(t);
  server.respond = response => response.writeHead(200).write('{');
  const request = fetchBounded({
    url: new URL(`${server.url}/champion.json`),
    headers: {},
    maxBytes: 100,
    timeoutMs: 20,
    signal: new AbortController().signal,
  });
  const error = await t.throwsAsync(request, { code: 'models-url-unavailable' });
  t.regex(error.message, /has not answered within 20 ms/);
});
