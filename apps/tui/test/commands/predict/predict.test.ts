// `npm run predict` against a service that reads a 7 from every picture: in this process, and as a
// process of its own where stdin, stdout and exit codes matter.

import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { drawStrokes, scaleStrokes } from '@digits/canvas';
import test from 'ava';
import { decode } from 'fast-png';
import { encodeDrawing } from '../../../src/storage/drawing-png.ts';
import { inheritedEnvironment } from '../../end-to-end/support/environment.ts';
import { recordedDigit } from '../../end-to-end/support/mouse.ts';
import { closedUrl, respondJson, respondSeven, serveFor } from '../../fake-service.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { png, predict, program, run, setUp, start, workspace } from './predict-set-up.ts';

test('each picture has its line, in the order of the arguments', async t => {
  const { service, folder } = await setUp(t, ['b.png', 'a.png']);
  const { status, stdout, stderr } = await run(['b.png', 'a.png'], {
    api: service.url,
    cwd: folder,
  });
  t.is(stdout, 'b.png: 7  98.3 %\na.png: 7  98.3 %\n');
  t.is(stderr, '');
  t.is(status, 0);
});

test('names are relative to the folder in which npm was called', async t => {
  const { service, folder } = await setUp(t, ['a.png']);
  const { stdout } = await run(['a.png'], {
    api: service.url,
    cwd: workspace,
    env: { npm_lifecycle_event: 'predict', INIT_CWD: folder },
  });
  t.is(stdout, 'a.png: 7  98.3 %\n');
});

test('a picture that cannot be read does not stop the others', async t => {
  const { options } = await setUp(t, ['a.png', 'empty.png', 'huge.png']);
  writeFileSync(join(options.folder, 'empty.png'), '');
  truncateSync(join(options.folder, 'huge.png'), 20 * 1024 * 1024);
  t.is(spawnSync('mkfifo', [join(options.folder, 'fifo')]).status, 0);
  symlinkSync('/dev/zero', join(options.folder, 'zero'));
  const { status, stdout, stderr } = await predict(
    ['none.png', 'empty.png', 'huge.png', 'fifo', 'zero', 'a.png'],
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
      'fifo: cannot be read: it is not a regular file; pipe it to -',
      'zero: cannot be read: it is not a regular file; pipe it to -',
      '',
    ].join('\n'),
  );
});

test('a folder stands for the pictures in it, sorted by name, and the rest is counted', async t => {
  const names = ['b.png', 'a.JPG', 'c.webp', 'd.jfif', 'e.jpe'];
  const others = ['notes.txt', '.hidden.png', 'f.HEIC', 'g.heic', 'README'];
  const { options } = await setUp(t, [...names, ...others]);
  mkdirSync(join(options.folder, 'none'));
  symlinkSync('.', join(options.folder, 'loop'));
  const { status, stdout, stderr } = await predict(['.', 'none'], options);
  t.is(
    stdout,
    ['a.JPG', 'b.png', 'c.webp', 'd.jfif', 'e.jpe'].map(name => `${name}: 7  98.3 %\n`).join(''),
  );
  t.is(
    stderr,
    'none: cannot be read: there is no picture in it\n' +
      'Skipped: 4 files other than PNG, JPEG or WebP (2 .heic, 1 without extension, 1 .txt), ' +
      '1 subfolder (read with --recursive), 1 symbolic link, 1 hidden entry.\n',
  );
  t.is(status, 1);
});

test('with --recursive subfolders are read in their place, and links to folders are not followed', async t => {
  const { options } = await setUp(t, ['a.png', 'c.png', 'notes.txt']);
  const inner = join(options.folder, 'b', 'deep');
  mkdirSync(inner, { recursive: true });
  mkdirSync(join(options.folder, '.git'));
  for (const path of ['b/z.png', 'b/deep/1.png', '.git/2.png']) {
    writeFileSync(join(options.folder, path), png);
  }
  symlinkSync(options.folder, join(inner, 'loop'));
  const shallow = await predict(['b/deep/..'], { ...options, folder: options.folder });
  t.regex(shallow.stderr, /1 subfolder \(read with --recursive\)/);
  const { status, stdout } = await predict(['.'], { ...options, isRecursive: true, isJson: true });
  t.is(status, 0);
  const { pictures, skipped } = JSON.parse(stdout);
  t.deepEqual(
    pictures.map(({ path }: { path: string }) => path),
    ['a.png', 'b/deep/1.png', 'b/z.png', 'c.png'],
  );
  t.deepEqual(skipped, { files: { '.txt': 1 }, folders: 0, links: 1, hidden: 1 });
});

test('a folder with pictures only in its subfolders says how to read them', async t => {
  const { options } = await setUp(t, []);
  mkdirSync(join(options.folder, 'sub'));
  const { status, stderr } = await predict(['.'], options);
  t.is(status, 1);
  t.regex(stderr, /there is no picture in it; --recursive reads subfolders\n/);
});

test('a picture on stdin is read without an argument', async t => {
  const { service } = await setUp(t, []);
  const { status, stdout } = await run([], { api: service.url, input: png });
  t.is(stdout, '-: 7  98.3 %\n');
  t.is(status, 0);
});

test('a picture on stdin is read with -', async t => {
  const { service, options } = await setUp(t, []);
  const { status, stdout } = await predict(['-'], { ...options, input: png });
  t.is(stdout, '-: 7  98.3 %\n');
  t.is(status, 0);
  const sent = service.received.find(({ path }) => path === '/predict');
  t.true(sent?.body.includes(Buffer.from(png)));
});

test('--json is one document on stdout, with the errors in it', async t => {
  const { service, folder } = await setUp(t, ['a.png']);
  const { status, stdout, stderr } = await run(['--json', 'none.png', 'a.png'], {
    api: service.url,
    cwd: folder,
  });
  t.is(status, 1);
  t.is(stderr, '');
  const { pictures } = JSON.parse(stdout);
  t.like(pictures[0], { path: 'none.png', error: { code: 'PICTURE_UNREADABLE' } });
  t.like(pictures[1], { path: 'a.png', digit: 7, accepted: true, reason: null });
  t.is(pictures.length, 2);
});

test('--explain requests an explanation', async t => {
  const { service, options } = await setUp(t, ['a.png']);
  await predict(['a.png'], { ...options, isExplained: true });
  t.true(service.received.some(({ path }) => path === '/predict?explain=true'));
});

test('--steps writes the picture after each step of the preprocessing', async t => {
  const { options } = await setUp(t, []);
  const seven = encodeDrawing(drawStrokes(scaleStrokes(recordedDigit(7).strokes, 28)));
  writeFileSync(join(options.folder, 'seven.png'), seven);
  const stepsFolder = join(options.folder, 'steps');
  const { status, stdout, stderr } = await predict(['seven.png'], { ...options, stepsFolder });
  t.is(stderr, '');
  t.is(stdout, 'seven.png: 7  98.3 %\n');
  t.is(status, 0);
  const names = readdirSync(stepsFolder).sort();
  t.is(names[0], '01-shrink.png');
  t.regex(names.at(-1) ?? '', /^\d\d-centre-by-mass\.png$/);
  const { width, height } = decode(readFileSync(join(stepsFolder, names.at(-1) ?? '')));
  t.deepEqual([width, height], [28, 28]);
});

test('--steps reports a picture that cannot be decoded', async t => {
  const { options } = await setUp(t, []);
  writeFileSync(join(options.folder, 'a.png'), 'text');
  const stepsFolder = join(options.folder, 'steps');
  const { status, stderr } = await predict(['a.png'], { ...options, stepsFolder });
  t.is(status, 1);
  t.regex(stderr, /^a\.png: cannot be read: .*PNG, JPEG or WebP/);
});

test('--steps reports a folder that cannot be made, and not the picture', async t => {
  const { options } = await setUp(t, ['a.png']);
  const stepsFolder = join(options.folder, 'a.png/steps');
  const { status, stderr } = await predict(['a.png'], { ...options, stepsFolder });
  t.is(status, 2);
  t.is(stderr, '--steps a.png/steps: cannot be written to: one of its folders is a file\n');
});

test('--steps reports files that cannot be written, and not the picture', async t => {
  const { options } = await setUp(t, ['a.png']);
  const stepsFolder = join(options.folder, 'steps');
  // No file takes the name of a folder.
  mkdirSync(join(stepsFolder, '01-shrink.png/x'), { recursive: true });
  const { status, stderr } = await predict(['a.png'], { ...options, stepsFolder });
  t.is(status, 2);
  t.regex(stderr, /^a\.png: the steps cannot be written to steps: it is a folder/);
});

test('a folder on stdin is reported as one', async t => {
  const { service, folder } = await setUp(t, []);
  const stdin = openSync(folder, 'r');
  t.teardown(() => closeSync(stdin));
  const child = spawn(process.execPath, [program, '-'], {
    env: { ...inheritedEnvironment(), DIGITS_API: service.url },
    stdio: [stdin, 'ignore', 'pipe'],
  });
  t.is(await text(child.stderr!), '-: cannot be read: it is a folder\n');
});

test('--steps takes exactly one picture', async t => {
  const { options } = await setUp(t, ['a.png', 'b.png']);
  const stepsFolder = join(options.folder, 'steps');
  const { status, stderr } = await predict(['.'], { ...options, stepsFolder });
  t.is(status, 2);
  t.is(stderr, '--steps takes exactly one picture.\n');
});

test('hundreds of pictures keep their order', async t => {
  const names = Array.from({ length: 300 }, (_, index) => `${index}`.padStart(4, '0'));
  const { options } = await setUp(
    t,
    names.map(name => `${name}.png`),
  );
  const { status, stdout } = await predict(['.'], options);
  t.is(status, 0);
  t.is(stdout, names.map(name => `${name}.png: 7  98.3 %\n`).join(''));
});

test('a picture that the service refuses is reported with the service’s message', async t => {
  const { url } = await serveFor(t, (request, response) =>
    request.url === '/predict'
      ? respondJson(415, { title: 'No picture' })(request, response)
      : respondSeven(request, response),
  );
  const { status, stdout, stderr } = await predict(['-'], { api: url, input: png });
  t.is(status, 1);
  t.is(stdout, '');
  t.is(stderr, '-: cannot be read: The service answered: No picture\n');
});

test('a request that is refused for load is repeated', async t => {
  let count = 0;
  const { url } = await serveFor(t, (request, response) => {
    const isTooSoon = request.url === '/predict' && ++count <= 2;
    if (isTooSoon) respondJson(429, { title: 'Too many requests' })(request, response);
    else respondSeven(request, response);
  });
  const { status } = await predict(['-'], { api: url, input: png });
  t.is(status, 0);
  t.is(count, 3);
});

test('without a service at the address it prints one error and exits with 2', async t => {
  const { status, stdout, stderr } = await run(['a.png', 'b.png'], { api: closedUrl });
  t.is(status, 2);
  t.is(stdout, '');
  t.is(stderr, `${closedUrl} does not answer.\n`);
});

test('a service that is lost is reported for each of the remaining pictures', async t => {
  const service = await serveFor(t, (request, response) => {
    if (request.url !== '/predict') respondSeven(request, response);
    else void service.close();
  });
  const folder = temporaryFolder(t);
  for (const name of ['a.png', 'b.png']) writeFileSync(join(folder, name), png);
  const { status, stderr } = await predict(['.'], { api: service.url, folder });
  t.is(status, 1);
  t.is(stderr.split('\n').filter(line => line.includes('does not answer')).length, 2);
});

test('a closed stdout ends it without an error message', async t => {
  const names = Array.from({ length: 500 }, (_, index) => `${index}.png`);
  const { service, folder } = await setUp(t, names);
  const child = start(['.'], { api: service.url, cwd: folder });
  child.stdin.end();
  child.stdout.once('data', () => child.stdout.destroy());
  const stderr = text(child.stderr);
  const status = await new Promise(resolve => child.once('close', resolve));
  t.is(status, 141);
  t.is(await stderr, '');
});

test('an unknown option exits with 2', async t => {
  const { status, stdout } = await run(['--jason'], { api: closedUrl });
  t.is(status, 2);
  t.is(stdout, '');
});
