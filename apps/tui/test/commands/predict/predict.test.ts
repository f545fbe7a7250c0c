// `npm run predict` as a process of its own, with a service that reads a 7 from every picture.

import { spawn } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { blankRaster } from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { encodeDrawing } from '../../../src/storage/drawing-png.ts';
import { inheritedEnvironment } from '../../end-to-end/environment.ts';
import { closedUrl, respondJson, respondSeven, serveFor } from '../../fake-service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const program = fileURLToPath(new URL('../../../predict.ts', import.meta.url));
const png = encodeDrawing(blankRaster());

interface RunOptions {
  readonly api: string;
  readonly input?: Uint8Array;
  readonly cwd?: string;
}

function start(args: readonly string[], { api, cwd }: RunOptions) {
  const env = { ...inheritedEnvironment(), DIGITS_API: api };
  return spawn(process.execPath, [program, ...args], {
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
}

async function run(args: readonly string[], options: RunOptions) {
  const child = start(args, options);
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const status = new Promise<number | null>(resolve => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}

/** A folder with some pictures, and a service. */
async function setUp(t: ExecutionContext, names: readonly string[]) {
  const folder = temporaryFolder(t);
  for (const name of names) writeFileSync(join(folder, name), png);
  const service = await serveFor(t, respondSeven);
  return { service, options: { api: service.url, cwd: folder } };
}

test('each picture has its line, in the order in which they were named', async t => {
  const { options } = await setUp(t, ['b.png', 'a.png']);
  const { status, stdout, stderr } = await run(['b.png', 'a.png'], options);
  t.is(stdout, 'b.png: 7  98.3 %\na.png: 7  98.3 %\n');
  t.is(stderr, '');
  t.is(status, 0);
});

test('one that cannot be read does not keep the others from being answered', async t => {
  const { options } = await setUp(t, ['a.png', 'empty.png', 'huge.png']);
  writeFileSync(join(options.cwd, 'empty.png'), '');
  truncateSync(join(options.cwd, 'huge.png'), 20 * 1024 * 1024);
  const { status, stdout, stderr } = await run(
    ['none.png', 'empty.png', 'huge.png', 'a.png'],
    options,
  );
  t.is(status, 1);
  t.is(stdout, 'a.png: 7  98.3 %\n');
  t.is(
    stderr,
    [
      'none.png: cannot be read: there is no such file',
      'empty.png: cannot be read: it is empty',
      'huge.png: cannot be read: it is larger than 10 MiB',
      '',
    ].join('\n'),
  );
});

test('a folder stands for the pictures in it, by name', async t => {
  const { options } = await setUp(t, ['b.png', 'a.JPG', 'c.webp', 'notes.txt', '.hidden.png']);
  mkdirSync(join(options.cwd, 'none'));
  const { status, stdout, stderr } = await run(['.', 'none'], options);
  t.is(stdout, ['a.JPG', 'b.png', 'c.webp'].map(name => `${name}: 7  98.3 %\n`).join(''));
  t.is(stderr, 'none: cannot be read: there is no picture in it\n');
  t.is(status, 1);
});

for (const args of [[], ['-']]) {
  test(`a picture on stdin is read with ${args.length === 0 ? 'no argument' : '-'}`, async t => {
    const { service, options } = await setUp(t, []);
    const { status, stdout } = await run(args, { ...options, input: png });
    t.is(stdout, '-: 7  98.3 %\n');
    t.is(status, 0);
    const sent = service.received.find(({ path }) => path === '/predict');
    t.true(sent?.body.includes(Buffer.from(png)));
  });
}

test('--json is one document on stdout, whatever could not be read', async t => {
  const { options } = await setUp(t, ['a.png']);
  const { status, stdout, stderr } = await run(['--json', 'none.png', 'a.png'], options);
  t.is(status, 1);
  t.is(stderr, '');
  const { pictures } = JSON.parse(stdout);
  t.like(pictures[0], { path: 'none.png', error: { code: 'PICTURE_UNREADABLE' } });
  t.like(pictures[1], { path: 'a.png', digit: 7, accepted: true, reason: null });
  t.is(pictures.length, 2);
});

test('--explain asks for an explanation', async t => {
  const { service, options } = await setUp(t, ['a.png']);
  await run(['--explain', 'a.png'], options);
  t.true(service.received.some(({ path }) => path === '/predict?explain=true'));
});

test('a thousand pictures keep their order', async t => {
  const names = Array.from({ length: 1000 }, (_, index) => `${index}`.padStart(4, '0'));
  const { options } = await setUp(
    t,
    names.map(name => `${name}.png`),
  );
  const { status, stdout } = await run(['.'], options);
  t.is(status, 0);
  t.is(stdout, names.map(name => `${name}.png: 7  98.3 %\n`).join(''));
});

test('a picture that the service refuses is told in its words', async t => {
  const { url } = await serveFor(t, (request, response) =>
    request.url === '/predict'
      ? respondJson(415, { title: 'No picture' })(request, response)
      : respondSeven(request, response),
  );
  const { status, stdout, stderr } = await run(['-'], { api: url, input: png });
  t.is(status, 1);
  t.is(stdout, '');
  t.is(stderr, '-: cannot be read: The service answered: No picture\n');
});

test('a service that is in a hurry is asked again', async t => {
  let count = 0;
  const { url } = await serveFor(t, (request, response) => {
    const isTooSoon = request.url === '/predict' && ++count <= 2;
    if (isTooSoon) respondJson(429, { title: 'Too many requests' })(request, response);
    else respondSeven(request, response);
  });
  const { status } = await run(['-'], { api: url, input: png });
  t.is(status, 0);
  t.is(count, 3);
});

test('where no service is at the address, that is said once and ends with 1', async t => {
  const { status, stdout, stderr } = await run(['a.png', 'b.png'], { api: closedUrl });
  t.is(status, 1);
  t.is(stdout, '');
  t.is(stderr, `${closedUrl} does not answer.\n`);
});

test('a service that goes away for good is told for the pictures that are left', async t => {
  const service = await serveFor(t, (request, response) => {
    if (request.url !== '/predict') respondSeven(request, response);
    else void service.close();
  });
  const folder = temporaryFolder(t);
  for (const name of ['a.png', 'b.png']) writeFileSync(join(folder, name), png);
  const { status, stderr } = await run(['.'], { api: service.url, cwd: folder });
  t.is(status, 1);
  t.is(stderr.split('\n').filter(line => line.includes('does not answer')).length, 2);
});

test('whoever has read enough ends it quietly', async t => {
  const names = Array.from({ length: 500 }, (_, index) => `${index}.png`);
  const { options } = await setUp(t, names);
  const child = start(['.'], options);
  child.stdin.end();
  child.stdout.once('data', () => child.stdout.destroy());
  const stderr = text(child.stderr);
  const status = await new Promise(resolve => child.once('close', resolve));
  t.is(status, 141);
  t.is(await stderr, '');
});

test('an option that is not there ends with 2', async t => {
  const { status, stdout } = await run(['--jason'], { api: closedUrl });
  t.is(status, 2);
  t.is(stdout, '');
});
