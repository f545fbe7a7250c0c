import test from 'ava';
import { isSupportedImage } from '../../src/image/format.ts';
import { draw } from '../support/drawing.ts';
import { pipeline } from '../support/files.ts';

const drawing = draw(7, 29);

for (const format of ['png', 'jpeg', 'webp'] as const) {
  test(`a ${format} file is a supported image`, async t => {
    t.true(isSupportedImage(await pipeline(drawing).toFormat(format).toBuffer()));
  });
}

for (const format of ['gif', 'tiff', 'avif'] as const) {
  test(`a ${format} file is not`, async t => {
    t.false(isSupportedImage(await pipeline(drawing).toFormat(format).toBuffer()));
  });
}

test('text, sound in a RIFF container, half a signature and an empty file are not', t => {
  for (const text of ['a text', 'RIFF\0\0\0\0WAVE', '\x89PNG\r\n', '\xff\xd8', '']) {
    t.false(isSupportedImage(Buffer.from(text, 'latin1')), JSON.stringify(text));
  }
});
