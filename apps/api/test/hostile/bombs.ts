// Decompression bombs and uploads of 100 MB.

import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import test from 'ava';
import sharp from 'sharp';
import { claimSize } from '../support/files.ts';
import { fileForm, formHeaders } from '../support/form.ts';
import { animate, chunk, header, insertAfterHeader, signature } from '../support/png-chunks.ts';
import { isProblem } from '../support/problem.ts';
import { good, sharedService } from './service.ts';

const started = sharedService();

const bomb = deflateSync(Buffer.alloc(100_000_000));
const smallBomb = deflateSync(Buffer.alloc(50_000_000));
const end = chunk('IEND', Buffer.alloc(0));
const pngHeaders = { 'content-type': 'image/png' };

/** The outcome of each: the digit 7, a blank picture, or a problem. */
const files: Record<string, [bytes: Buffer | Promise<Buffer>, status: number, outcome: string]> = {
  'a PNG that claims 50,000 × 50,000 pixels': [
    claimSize(good, 50_000, 50_000),
    413,
    'too-many-pixels',
  ],
  'a bomb in IDAT': [
    Buffer.concat([signature, header(28, 28, 0), chunk('IDAT', bomb), end]),
    200,
    'blank',
  ],
  'a bomb in IDAT below the size limit of the small PNG decoder': [
    Buffer.concat([signature, header(28, 28, 0), chunk('IDAT', smallBomb), end]),
    200,
    'blank',
  ],
  'a bomb in zTXt': [
    insertAfterHeader(good, chunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), bomb]))),
    200,
    'digit',
  ],
  'bombs in twenty zTXt': [
    insertAfterHeader(
      good,
      ...Array.from({ length: 20 }, () =>
        chunk('zTXt', Buffer.concat([Buffer.from('Title\0\0'), bomb])),
      ),
    ),
    200,
    'digit',
  ],
  'a bomb in iTXt': [
    insertAfterHeader(
      good,
      chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), bomb])),
    ),
    200,
    'digit',
  ],
  'a bomb in iCCP': [
    insertAfterHeader(good, chunk('iCCP', Buffer.concat([Buffer.from('name\0\0'), bomb]))),
    200,
    'digit',
  ],
  'an animation': [animate(good, good), 200, 'digit'],
  'an interlaced PNG of 23 megapixels': [
    sharp({ create: { width: 4800, height: 4800, channels: 4, background: 'white' } })
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer(),
    413,
    'too-many-pixels',
  ],
  'a progressive JPEG of 23 megapixels': [
    sharp({ create: { width: 4800, height: 4800, channels: 3, background: 'white' } })
      .jpeg({ progressive: true })
      .toBuffer(),
    413,
    'too-many-pixels',
  ],
};

test.serial('no file takes much more memory than another', async t => {
  t.timeout(60_000);
  const service = await started;
  for (const [title, [bytes, status, outcome]] of Object.entries(files)) {
    const answer = await service.post('/predict', pngHeaders, await bytes);
    t.is(answer.status, status, title);
    if (outcome === 'digit') t.like(answer.body, { digit: 7 }, title);
    else if (outcome === 'blank') t.like(answer.body, { reason: 'blank' }, title);
    else t.like(answer.body, { code: outcome }, title);
  }
  await service.readsDigit(t);
  service.tookLittleMemory(t);
});

/** 100 MB between a start and an end, generated while they are sent. */
function hundredMegabytes(start: Buffer, end: Buffer): Readable {
  const piece = Buffer.alloc(1024 * 1024);
  return Readable.from([start, ...Array<Buffer>(100).fill(piece), end]);
}

const empty = Buffer.alloc(0);
const form = fileForm('');
const contentAt = form.indexOf('\r\n\r\n') + 4;

test.serial('100 MB, chunked or with a length, are refused without being stored', async t => {
  t.timeout(60_000);
  const service = await started;
  for (const [headers, start, end] of [
    [pngHeaders, signature, empty],
    [formHeaders, form.subarray(0, contentAt), form.subarray(contentAt)],
  ] as const) {
    const whole = Buffer.concat(await hundredMegabytes(start, end).toArray());
    for (const body of [hundredMegabytes(start, end), whole]) {
      service.measureMemory();
      isProblem(t, await service.post('/predict', headers, body), 413, 'file-too-large');
      service.tookLittleMemory(t);
    }
  }
  await service.readsDigit(t);
});
