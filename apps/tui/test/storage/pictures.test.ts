// Drawings as files: saved, opened, and encoded as PNG.

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import {
  beginStroke,
  blankDocument,
  continueStroke,
  type Drawing,
  drawStrokes,
  encodePng,
  endStroke,
  gesturesFromJson,
  inkAt,
  isBlank,
  replayGestures,
} from '@digits/canvas';
import test, { type ExecutionContext } from 'ava';
import { decode, encode } from 'fast-png';
import { isNameOfDrawing } from '../../src/input/pasted-paths.ts';
import { completePath } from '../../src/storage/complete-path.ts';
import { encodeDrawing } from '../../src/storage/drawing-png.ts';
import { decodePng, openPicture } from '../../src/storage/open-picture.ts';
import { absolutePath, defaultPictureName, shownPath } from '../../src/storage/picture-path.ts';
import { rasterOfPng } from '../../src/storage/png-raster.ts';
import { savePicture } from '../../src/storage/save-picture.ts';

const sheet = endStroke(
  continueStroke(
    beginStroke(blankDocument(), { tool: 'pen', radius: 1.2 }, [5, 7, 0]),
    [19, 17, 13],
  ),
);
const drawing = sheet.history.present;

function folderFor(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'digits-pictures-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A file as a drawing, without the service. */
async function opened(path: string): Promise<Drawing> {
  const file = await openPicture(path);
  return file.type === 'drawing' ? file.drawing : decodePng(path, file.bytes);
}

test('a drawing that is saved is opened as it was, also by its strokes', async t => {
  const folder = folderFor(t);
  const path = await savePicture(join(folder, 'seven'), drawing);
  t.is(path, join(folder, 'seven.png'));
  t.like(await openPicture(path), { type: 'drawing' });
  t.deepEqual([...(await opened(path)).raster], [...drawing.raster]);
  t.deepEqual(readdirSync(folder), ['seven.png']);
  const strokes = await openPicture(await savePicture(join(folder, 'seven.json'), drawing));
  t.true(strokes.type === 'drawing' && `${strokes.drawing.raster}` === `${drawing.raster}`);
  t.deepEqual(strokes.type === 'drawing' && strokes.drawing.gestures, [...drawing.gestures]);
});

test('JPEG, WebP and larger PNG files are given to the service as they are', async t => {
  const path = join(folderFor(t), 'x');
  const files = [
    Buffer.from('ffd8ffe000104a464946', 'hex'),
    Buffer.from('RIFF\u{4}\0\0\0WEBP', 'latin1'),
    Buffer.from(encode({ width: 29, height: 28, data: white(29, 28), channels: 1, depth: 8 })),
  ];
  for (const bytes of files) {
    writeFileSync(path, bytes);
    t.deepEqual(await openPicture(path), { type: 'picture', bytes });
  }
});

test('under a name that ends in .json the strokes are saved, with their times', async t => {
  const path = await savePicture(join(folderFor(t), 'seven.json'), drawing);
  const gestures = gesturesFromJson(JSON.parse(readFileSync(path, 'utf8')));
  t.deepEqual(gestures, [...drawing.gestures]);
  t.deepEqual([...replayGestures(gestures)], [...drawing.raster]);
});

test('no file is overwritten', async t => {
  const path = join(folderFor(t), 'mine.png');
  writeFileSync(path, 'mine');
  await t.throwsAsync(savePicture(path, drawing), { code: 'picture-exists' });
  t.is(readFileSync(path, 'utf8'), 'mine');
  t.deepEqual(readdirSync(join(path, '..')), ['mine.png']);
});

test('a missing folder is reported in plain words', async t => {
  const path = join(folderFor(t), 'none', 'x.png');
  const error = await t.throwsAsync(savePicture(path, drawing), { code: 'picture-file' });
  t.is(error?.message, `${shownPath(path)}: there is no such file or folder.`);
});

const white = (width: number, height: number) => new Uint8Array(width * height).fill(255);

test('pictures of other sizes, channels and depths are opened', async t => {
  const path = join(folderFor(t), 'x.png');
  const grey = white(56, 56);
  grey[20 * 56 + 30] = 0;
  grey[20 * 56 + 31] = 0;
  grey[21 * 56 + 30] = 0;
  grey[21 * 56 + 31] = 0;
  const [width, height] = [56, 56];
  const rgba = Uint8Array.from({ length: grey.length * 4 }, (_, index) =>
    index % 4 === 3 ? 255 - (grey[index >> 2] ?? 0) : 0,
  );
  const files = [
    encode({ width, height, data: grey, channels: 1, depth: 8 }),
    encode({
      width,
      height,
      data: Uint16Array.from(grey, value => value * 257),
      channels: 1,
      depth: 16,
    }),
    // Black ink on a transparent background.
    encode({ width, height, data: rgba, channels: 4, depth: 8 }),
  ];
  for (const file of files) {
    writeFileSync(path, file);
    const { raster } = await opened(path);
    t.is(inkAt(raster, 15, 10), 255);
    t.is(inkAt(raster, 10, 15), 0);
  }
});

test('a white picture is a blank drawing', async t => {
  const path = join(folderFor(t), 'x.png');
  writeFileSync(path, encode({ width: 7, height: 3, data: white(7, 3), channels: 1, depth: 8 }));
  t.true(isBlank((await opened(path)).raster));
});

/** A PNG whose header has another size than its data. */
function claiming(width: number, height: number): Uint8Array {
  const png = Buffer.from(
    encode({ width: 1, height: 1, data: white(1, 1), channels: 1, depth: 8 }),
  );
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

/** A PNG of some chunks: length, type, data, and the checksum of both. */
function pngOf(...chunks: readonly (readonly [type: string, data: Buffer])[]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const content = Buffer.concat([Buffer.from(type), data]);
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    checksum.writeUInt32BE(crc32(content));
    return Buffer.concat([length, content, checksum]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

/** One black grey pixel of 8 bits. */
const onePixel = Buffer.from('00000001000000010800000000', 'hex');
const ownPixels = deflateSync(Buffer.from([0, 0]));
const bomb = deflateSync(Buffer.alloc(50 * 1024 * 1024), { level: 9 });

const broken: readonly [name: string, content: Uint8Array | string, code: string][] = [
  ['empty', '', 'picture-unreadable'],
  ['of text', 'this is no picture, however long it may be', 'picture-unreadable'],
  ['cut off', claiming(1, 1).subarray(0, 30), 'picture-unreadable'],
  ['that lies about its size', claiming(5, 7), 'picture-unreadable'],
  [
    'that inflates to more than its pixels',
    pngOf(['IHDR', onePixel], ['IDAT', bomb], ['IEND', Buffer.alloc(0)]),
    'picture-unreadable',
  ],
  ['that claims a billion pixels', claiming(40_000, 40_000), 'picture-too-large'],
  ['of JSON that is cut off', '{"format":"digits-gestures/1","gestures":[', 'picture-unreadable'],
  [
    'of JSON that is not strokes',
    '{"format":"digits-gestures/2","gestures":[]}',
    'picture-unreadable',
  ],
  ['of strokes that is too long', `{${' '.repeat(8 * 1024 * 1024)}`, 'picture-too-large'],
  ['larger than any drawing', new Uint8Array(21 * 1024 * 1024), 'picture-too-large'],
];

for (const [name, content, code] of broken) {
  test(`a file ${name} is refused`, async t => {
    const path = join(folderFor(t), 'x.png');
    writeFileSync(path, content);
    await t.throwsAsync(opened(path), { code });
  });
}

test('what is in a file that is named .json is described as no strokes', async t => {
  const path = join(folderFor(t), 'x.json');
  writeFileSync(path, '[');
  const { message } = await t.throwsAsync(opened(path), { code: 'picture-unreadable' });
  t.regex(message, /does not contain strokes/);
});

test('profiles, texts and further frames of a picture are not even inflated', t => {
  const profile = Buffer.concat([Buffer.from('name\0\0'), Buffer.from('no zlib stream')]);
  const file = pngOf(
    ['IHDR', onePixel],
    ['iCCP', profile],
    ['IDAT', ownPixels],
    ['fdAT', Buffer.from('0000no zlib stream')],
    ['IEND', Buffer.alloc(0)],
  );
  t.is(rasterOfPng(file).length, 784);
});

test('a folder, a FIFO and a device are not pictures', async t => {
  const folder = folderFor(t);
  const fifo = join(folder, 'fifo');
  t.is(spawnSync('mkfifo', [fifo]).status, 0);
  for (const path of [folder, fifo, '/dev/zero']) {
    await t.throwsAsync(openPicture(path), { code: 'picture-file' });
  }
});

/** A completion with what can be opened. */
const complete = (start: string) => completePath(start, isNameOfDrawing);

test('Tab completes as far as all names agree, folders with a slash', async t => {
  const folder = folderFor(t);
  for (const name of ['seven-1.png', 'seven-2.JPG', 'other.json', '.hidden.png', 'seven.txt']) {
    writeFileSync(join(folder, name), '');
  }
  mkdirSync(join(folder, 'pictures'));
  symlinkSync(join(folder, 'pictures'), join(folder, 'link'));
  const within = (start: string) => complete(join(folder, '/') + start);
  t.deepEqual(await within('s'), {
    path: join(folder, 'seven-'),
    candidates: ['seven-1.png', 'seven-2.JPG'],
  });
  t.deepEqual(await within('pi'), {
    path: join(folder, 'pictures/'),
    candidates: ['pictures/'],
  });
  t.deepEqual((await within('')).candidates, [
    ...['link/', 'other.json', 'pictures/', 'seven-1.png', 'seven-2.JPG'],
  ]);
  t.deepEqual((await within('.h')).candidates, ['.hidden.png']);
  t.deepEqual(await within('zzz'), { path: join(folder, 'zzz'), candidates: [] });
  t.deepEqual(await within('seven.t'), { path: join(folder, 'seven.t'), candidates: [] });
  t.deepEqual(await within('none/x'), { path: join(folder, 'none/x'), candidates: [] });
  t.is((await completePath(join(folder, 'seven.'), () => true)).path, join(folder, 'seven.txt'));
  t.is((await complete('~')).path, '~/');
});

test('of many candidates the first are named, and the others counted', async t => {
  const folder = folderFor(t);
  for (let index = 10; index < 30; index++) writeFileSync(join(folder, `${index}.png`), '');
  const { candidates } = await complete(join(folder, '/'));
  t.deepEqual([candidates[0], candidates[7], candidates[8]], ['10.png', '17.png', 'and 12 more']);
});

test('of a long path a message has the end', t => {
  t.is(shownPath('/a/b.png'), '/a/b.png');
  t.is(
    shownPath(`/${'folder/'.repeat(20)}x.png`),
    `…${'lder/'}${'folder/'.repeat(4)}x.png`.replace('…', '…o'),
  );
});

test('a tilde is the home folder', t => {
  t.is(absolutePath('~'), homedir());
  t.regex(absolutePath('~/x.png'), /^\/.*\/x\.png$/);
  t.is(absolutePath('/a/../b.png'), '/b.png');
});

test('the suggested name has the date and time', t => {
  t.is(defaultPictureName(new Date(2026, 2, 5, 7, 11, 3)), 'digit-2026-03-05-071103.png');
});

test('a drawing becomes a PNG of 28×28 grey pixels with the same values', t => {
  const raster = drawStrokes([
    [
      [3, 5],
      [23, 19],
    ],
  ]);
  for (const bytes of [encodeDrawing(raster), encodePng(raster)]) {
    const { data, ...size } = decode(bytes, { checkCrc: true });
    t.like(size, { width: 28, height: 28, channels: 1, depth: 8 });
    t.deepEqual(Uint8Array.from(data), Uint8Array.from(raster));
  }
});
