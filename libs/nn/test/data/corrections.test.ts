// Corrections from every kind of source, valid and malformed.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  isHeldOut,
  loadCorrections,
  repetitionsOf,
  samplesOfCorrections,
} from '../../src/data/corrections.ts';
import { NnError } from '../../src/errors.ts';
import { preprocess } from '../../src/preprocess/preprocess.ts';
import { type ExportFiles, exportFiles, tarBytes, writeExport } from './export-files.ts';

/** A stroke down a picture, at some column. */
function stroke(column: number): Uint8Array {
  const picture = new Uint8Array(784);
  for (let y = 4; y < 24; y++) picture.fill(255, y * 28 + column, y * 28 + column + 3);
  return picture;
}

const two = [
  { label: 1, picture: stroke(12) },
  { label: 7, picture: stroke(5) },
];

async function folderOf(t: ExecutionContext, files: ExportFiles): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'corrections-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await writeExport(folder, files);
  return folder;
}

/** Starts a service that answers with these bytes and records the requests. */
async function serve(t: ExecutionContext, status: number, body: Uint8Array) {
  const requests: (string | undefined)[][] = [];
  const server = createServer((request, response) => {
    requests.push([request.url, request.headers.authorization]);
    response.writeHead(status).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return { requests, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('a folder, an archive and a service give the same corrections', async t => {
  const files = exportFiles(two);
  const folder = await folderOf(t, files);
  const archive = join(folder, 'export.tar');
  await writeFile(archive, tarBytes(files));
  const { requests, address } = await serve(t, 200, tarBytes(files));

  const corrections = await loadCorrections(folder);
  t.deepEqual(
    corrections.map(({ id, label, source, inputs }) => ({ id, label, source, inputs })),
    two.map(({ label, picture }, i) => ({
      id: `id-${i}`,
      label,
      source: 'correction',
      inputs: picture,
    })),
  );
  t.deepEqual(await loadCorrections(archive), corrections);
  t.deepEqual(await loadCorrections(`${address}/`, { apiKey: 'secret' }), corrections);
  t.deepEqual(requests, [['/feedback/export?format=idx', 'Bearer secret']]);
});

test('user and password of an address are sent, and are in no message', async t => {
  const { requests, address } = await serve(t, 401, new Uint8Array());
  const secret = address.replace('//', '//me:p%40ss@');
  const error = await t.throwsAsync(loadCorrections(secret));
  t.regex(error?.message ?? '', new RegExp(`^${address} responded with 401`));
  const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  t.deepEqual(requests, [['/feedback/export?format=idx', basic]]);
  const away = await t.throwsAsync(loadCorrections('http://me:p%40ss@127.0.0.1:1'));
  t.notRegex(away?.message ?? '', /p%40ss/);
  const wrong = await t.throwsAsync(loadCorrections('ftp://me:p%40ss@h'));
  t.regex(wrong?.message ?? '', /^ftp:\/\/h cannot be read/);
});

test('an empty export has no corrections', async t => {
  t.deepEqual(await loadCorrections(await folderOf(t, exportFiles([]))), []);
});

test('pictures from other preprocessing are preprocessed again', async t => {
  const [one] = two;
  const files = exportFiles([{ ...one!, manifest: { preprocessing: 'before/0' } }]);
  const [correction] = await loadCorrections(await folderOf(t, files));
  const ink = preprocess({ width: 28, height: 28, channels: 1, data: one!.picture })!;
  t.deepEqual(
    correction!.inputs,
    Uint8Array.from(ink, value => Math.round(255 * value)),
  );
});

test('the newest label of a picture counts, and others are listed', async t => {
  const { picture } = two[0]!;
  const files = exportFiles([
    { label: 4, picture, manifest: { createdAt: '2026-05-01T00:00:00.000Z' } },
    { label: 1, picture },
    { label: 4, picture },
  ]);
  const corrections = await loadCorrections(await folderOf(t, files));
  t.like(corrections, [{ id: 'id-0', label: 4, contradicted: [{ id: 'id-1', label: 1 }] }]);
  t.is(corrections.length, 1);
});

test('one picture in five is held out, by the first four bytes of its hash', t => {
  const hash = (first: string) => first.padEnd(64, '0');
  t.true(isHeldOut(hash('00000000')));
  t.true(isHeldOut(hash('0000000a')));
  t.true(isHeldOut(hash('ffffffff')));
  t.false(isHeldOut(hash('00000001')));
  t.false(isHeldOut(hash('fffffffe')));
});

test('corrections become samples in their order', async t => {
  const samples = samplesOfCorrections(await loadCorrections(await folderOf(t, exportFiles(two))));
  t.is(samples.count, 2);
  t.deepEqual([...samples.labels], [1, 7]);
  t.deepEqual(samples.inputs.subarray(784), two[1]!.picture);
});

const [first] = two;
const hostile: readonly [title: string, files: ExportFiles][] = [
  ['a label that its manifest does not have', exportFiles([{ ...first!, manifest: { label: 2 } }])],
  ['a label above 9', exportFiles([{ ...first!, label: 10 }])],
  ['an index out of order', exportFiles([{ ...first!, manifest: { index: 1 } }])],
  ['an id that is a path', exportFiles([{ ...first!, manifest: { id: '../../x' } }])],
  ['a malformed hash', exportFiles([{ ...first!, manifest: { input: { sha256: 'abc' } } }])],
  ['a malformed time', exportFiles([{ ...first!, manifest: { createdAt: 'yesterday' } }])],
  ['a blank picture', exportFiles([{ label: 1, picture: new Uint8Array(784) }])],
  ['a line that is no JSON', { ...exportFiles([first!]), 'manifest.jsonl': Buffer.from('{\n') }],
  ['fewer lines than pictures', { ...exportFiles(two), 'manifest.jsonl': Buffer.from('') }],
  ['pictures cut short', { ...exportFiles(two), 'train-images-idx3-ubyte': Buffer.alloc(99) }],
];

for (const [title, files] of hostile) {
  test(`${title} is data-corrupt`, async t => {
    await t.throwsAsync(loadCorrections(await folderOf(t, files)), { code: 'data-corrupt' });
  });
}

test('an archive without one of the files is data-corrupt', async t => {
  const { 'manifest.jsonl': _, ...rest } = exportFiles(two);
  const { address } = await serve(t, 200, tarBytes(rest));
  await t.throwsAsync(loadCorrections(address), {
    code: 'data-corrupt',
    message: /manifest\.jsonl/,
  });
});

test('an absent folder, and a service that does not answer, are data-missing', async t => {
  const folder = await folderOf(t, {});
  await t.throwsAsync(loadCorrections(folder), { code: 'data-missing' });
  await t.throwsAsync(loadCorrections(join(folder, 'nothing')), { code: 'data-missing' });
  await t.throwsAsync(loadCorrections('http://127.0.0.1:1'), { code: 'data-missing' });
});

test('a file that cannot be read is named once, without the system call', async t => {
  const file = join(await folderOf(t, {}), "it's gone: 1.tar");
  const error = await t.throwsAsync(loadCorrections(file), { code: 'data-missing' });
  t.true(error?.message.startsWith(`${file} cannot be read`));
  t.is(
    new NnError('data-missing', `a: ENOENT: no such file, open '${file}': b`).message,
    'a: no such file: b',
  );
});

test('a service that cannot read its corrections is data-missing with a hint at its log', async t => {
  const { address } = await serve(t, 503, Buffer.from('{}'));
  await t.throwsAsync(loadCorrections(address), {
    code: 'data-missing',
    message: /503: it cannot read its corrections.* log$/,
  });
});

test('a service that requires a key is data-missing with a hint at DIGITS_API_KEY', async t => {
  const { address } = await serve(t, 401, Buffer.from('{}'));
  await t.throwsAsync(loadCorrections(address), {
    code: 'data-missing',
    message: /DIGITS_API_KEY/,
  });
});

test('a request to a service can be aborted', async t => {
  const { address } = await serve(t, 200, tarBytes(exportFiles(two)));
  const signal = AbortSignal.abort();
  await t.throwsAsync(loadCorrections(address, { signal }), { name: 'AbortError' });
});

for (const [corrections, others, times] of [
  [1, 7000, 60],
  [35, 7000, 60],
  [70, 7000, 30],
  [2100, 7000, 1],
  [1_000_000, 7000, 1],
  [3, 0, 1],
] as const) {
  test(`${corrections} corrections among ${others} images are repeated ${times} times`, t => {
    t.is(repetitionsOf(corrections, others), times);
  });
}
