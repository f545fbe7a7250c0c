import test from 'ava';
import { parseIdxImages, parseIdxLabels } from '../../src/data/idx.ts';
import { idxBytes, imageMagic, labelMagic } from './idx-bytes.ts';

test('images are read with their count, rows and columns', t => {
  const body = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const images = parseIdxImages(idxBytes(imageMagic, [2, 3, 2], body), 'images');
  t.like(images, { count: 2, rows: 3, columns: 2 });
  t.deepEqual([...images.pixels], body);
});

test('labels are read', t => {
  t.deepEqual([...parseIdxLabels(idxBytes(labelMagic, [3], [7, 0, 9]), 'labels')], [7, 0, 9]);
});

const lies: [title: string, bytes: Uint8Array][] = [
  ['is empty', new Uint8Array()],
  ['ends within its header', idxBytes(imageMagic, [2, 3, 2], []).subarray(0, 15)],
  ['holds labels', idxBytes(labelMagic, [12], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])],
  ['is short by a byte', idxBytes(imageMagic, [1, 2, 2], [1, 2, 3])],
  ['is long by a byte', idxBytes(imageMagic, [1, 2, 2], [1, 2, 3, 4, 5])],
  ['claims four thousand million images', idxBytes(imageMagic, [2 ** 32 - 1, 28, 28], [1])],
];

for (const [title, bytes] of lies) {
  test(`an image file that ${title} is data-corrupt`, t => {
    t.throws(() => parseIdxImages(bytes, 'the-file'), {
      code: 'data-corrupt',
      message: /the-file/,
    });
  });
}
