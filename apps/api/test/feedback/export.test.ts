import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { preprocessing } from '@digits/nn';
import test, { type ExecutionContext } from 'ava';
import { extract } from 'tar-stream';
import { createTar } from '../../src/feedback/export/tar.ts';
import { buildTestApp } from '../support/app.ts';
import { draw } from '../support/drawing.ts';
import { picture, postFeedback } from '../support/feedback.ts';
import { pipeline } from '../support/files.ts';
import { chunk, insertAfterHeader } from '../support/png-chunks.ts';
import { injected, isProblem } from '../support/problem.ts';

async function unpack(archive: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = Readable.from([archive]).pipe(extract() as unknown as NodeJS.WritableStream);
  for await (const entry of entries as unknown as ReturnType<typeof extract>) {
    files.set(entry.header.name, await buffer(entry as unknown as AsyncIterable<Buffer>));
  }
  return files;
}

const linesOf = (file: Buffer | undefined) =>
  String(file)
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));

test('pictures are exported as they were sent, in folders by label, with their metadata', async t => {
  const app = await buildTestApp(t);
  const jpeg = await pipeline(draw(7, 29)).jpeg().toBuffer();
  const one = (await postFeedback(app, '?label=4', picture(1))).json();
  const two = (await postFeedback(app, '?label=7', jpeg)).json();
  const response = await app.inject('/feedback/export');
  t.is(response.statusCode, 200);
  t.is(response.headers['content-type'], 'application/x-tar');
  t.is(response.headers['content-disposition'], 'attachment; filename="feedback.tar"');
  const files = await unpack(response.rawPayload);
  t.deepEqual(
    [...files.keys()],
    [`feedback/4/${one.id}.png`, `feedback/7/${two.id}.jpg`, 'feedback/manifest.jsonl'],
  );
  t.deepEqual(files.get(`feedback/4/${one.id}.png`), picture(1));
  t.deepEqual(files.get(`feedback/7/${two.id}.jpg`), jpeg);
  t.deepEqual(linesOf(files.get('feedback/manifest.jsonl')), [
    { file: `4/${one.id}.png`, ...one, preprocessing },
    { file: `7/${two.id}.jpg`, ...two, preprocessing },
  ]);
  t.deepEqual((await app.inject('/feedback/export')).rawPayload, response.rawPayload);
});

test('IDX files hold the network’s inputs, with the filters of a list', async t => {
  const app = await buildTestApp(t);
  await postFeedback(app, '?label=4', picture(1));
  await postFeedback(app, '?label=7', picture(2));
  await postFeedback(app, '?label=9', picture(3));
  const response = await app.inject('/feedback/export?format=idx&wrong=true');
  const files = await unpack(response.rawPayload);
  const images = files.get('train-images-idx3-ubyte')!;
  const header = Array.from({ length: 4 }, (_, i) => images.readUInt32BE(4 * i));
  t.deepEqual(header, [2051, 2, 28, 28]);
  t.is(images.length, 16 + 2 * 784);
  t.true(Math.max(...images.subarray(16)) > 200);
  t.deepEqual([...files.get('train-labels-idx1-ubyte')!], [0, 0, 8, 1, 0, 0, 0, 2, 4, 9]);
  t.deepEqual(
    linesOf(files.get('manifest.jsonl')).map(({ index, label }) => [index, label]),
    [
      [0, 4],
      [1, 9],
    ],
  );
});

test('HEAD has the headers of an export, for which nothing is read', async t => {
  const app = await buildTestApp(t, { dataDir: '/dev/null/x' });
  const response = await app.inject({ method: 'HEAD', url: '/feedback/export' });
  t.is(response.statusCode, 200);
  t.is(response.headers['content-type'], 'application/x-tar');
});

test('an empty store gives a valid archive in both formats', async t => {
  const app = await buildTestApp(t);
  const pictures = await unpack((await app.inject('/feedback/export?format=tar')).rawPayload);
  t.deepEqual([...pictures], [['feedback/manifest.jsonl', Buffer.alloc(0)]]);
  const idx = await unpack((await app.inject('/feedback/export?format=idx')).rawPayload);
  t.deepEqual([...idx.get('train-images-idx3-ubyte')!.subarray(4, 8)], [0, 0, 0, 0]);
  t.is(idx.get('train-labels-idx1-ubyte')!.length, 8);
});

test('files are generated no faster than they are read, and not after the reader has left', async t => {
  let generated = 0;
  function* files() {
    for (;;) {
      generated++;
      yield {
        name: `${generated}`,
        size: 50_000,
        modifiedAt: new Date(0),
        chunks: [new Uint8Array(50_000)],
      };
    }
  }
  const ended = Promise.withResolvers<void>();
  const archive = Readable.from(createTar(files(), { onEnd: ended.resolve }), {
    objectMode: false,
  });
  await once(archive, 'readable');
  archive.destroy();
  await ended.promise;
  t.true(generated < 10, `${generated} generated`);
});

test('a file that fails destroys the archive with its error', async t => {
  const chunks = {
    [Symbol.iterator]: () => {
      throw new Error('disk gone');
    },
  };
  const entry = { name: 'x', size: 1, modifiedAt: new Date(0), chunks };
  const archive = Readable.from(createTar([entry], { onEnd: () => {} }));
  await t.throwsAsync(buffer(archive), { message: 'disk gone' });
});

for (const format of ['tar', 'idx']) {
  test(`the ${format} export of a damaged store is refused`, async t => {
    const dataDir = await mkdtemp(join(tmpdir(), 'digits-api-'));
    t.teardown(() => rm(dataDir, { recursive: true, force: true }));
    const app = await buildTestApp(t, { dataDir });
    await postFeedback(app, '?label=1', picture(1));
    const database = new DatabaseSync(join(dataDir, 'feedback.sqlite'));
    t.teardown(() => database.close());
    database.exec('PRAGMA ignore_check_constraints = ON');
    database.exec('UPDATE feedback SET seen = zeroblob(3), content_type = 1');
    const refused = await app.inject(`/feedback/export?format=${format}`);
    isProblem(t, injected(refused), 503, 'feedback-unavailable');
    const state = async () => (await app.inject('/health/ready')).json().feedback;
    t.is(await state(), 'unavailable');
    // No check finds a damaged row.
    await setImmediate();
    t.is(await state(), 'unavailable');
    await postFeedback(app, '?label=2', picture(2));
    t.is(await state(), 'available');
  });
}

/** A listening app with 24 MB to export, more than the buffers between it and a client hold. */
async function appWithMuch(t: ExecutionContext) {
  const app = await buildTestApp(t, { graceMs: 0, maxFileBytes: 10_000_000 });
  const filler = chunk('tEXt', Buffer.from(`Comment\0${'x'.repeat(6_000_000)}`));
  const large = insertAfterHeader(picture(1), filler);
  for (let label = 2; label < 6; label++) await postFeedback(app, `?label=${label}`, large);
  await app.listen({ port: 0 });
  return app;
}

test('a client that disconnects during an export leaves nothing open', async t => {
  const app = await appWithMuch(t);
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const closed = new Promise(resolve =>
    app.server.once('connection', s => s.once('close', resolve)),
  );
  socket.write('GET /feedback/export HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.destroy();
  await closed;
  t.is((await postFeedback(app, '?label=1', picture(1))).statusCode, 201);
});

test('a fifth export at a time is refused, until one of them ends', async t => {
  const app = await appWithMuch(t);
  const { port } = app.server.address() as AddressInfo;
  const sockets = Array.from({ length: 4 }, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) {
    socket.write('GET /feedback/export HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
  }
  isProblem(t, injected(await app.inject('/feedback/export')), 503, 'overloaded');
  const [first] = sockets;
  first?.destroy();
  let status = 503;
  while (status === 503) {
    await setImmediate();
    status = (await app.inject('/feedback/export')).statusCode;
  }
  t.is(status, 200);
  for (const socket of sockets) socket.destroy();
});
