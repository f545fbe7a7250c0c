// Data sets of IDX files: the format, the folder of four files, the installed MNIST.

import { copyFile, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import test, { type ExecutionContext } from 'ava';
import { formData, withForm } from '../../src/data/data-form.ts';
import { type Dataset, datasetFromIdx, splitForValidation } from '../../src/data/dataset.ts';
import { maxIdxBytes, parseIdxImages, parseIdxLabels } from '../../src/data/idx.ts';
import { loadIdxFolder } from '../../src/data/idx-folder.ts';
import { loadMnist, loadMnistTestImages, mnistFolder } from '../../src/data/mnist.ts';
import { loadPictures, splitInOrder } from '../../src/data/pictures.ts';
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

const images = { name: 'images', bytes: idxBytes(imageMagic, [3, 1, 2], [1, 2, 3, 4, 5, 6]) };
const labelFile = (values: number[]) => ({
  name: 'labels',
  bytes: idxBytes(labelMagic, [values.length], values),
});

test('the last twelfth of a data set is for validation, and the parts keep every image in order', t => {
  const values = Array.from({ length: 25 }, (_, i) => i);
  const many = { name: 'images', bytes: idxBytes(imageMagic, [25, 1, 1], values) };
  const dataset = datasetFromIdx('small', many, labelFile(values.map(value => value % 10)));
  const { training, validation } = splitForValidation(dataset);
  t.is(training.count, 23);
  t.deepEqual([...training.pixels], values.slice(0, 23));
  t.is(validation.count, 2);
  t.deepEqual([...validation.pixels], [23, 24]);
  t.deepEqual([...validation.labels], [3, 4]);
});

test('a data set too small to split is data-mismatch', t => {
  const dataset = datasetFromIdx('tiny', images, labelFile([7, 8, 9]));
  t.throws(() => splitForValidation(dataset), { code: 'data-mismatch', message: /at least 12/ });
});

test('a data set with fewer labels than images is data-mismatch', t => {
  t.throws(() => datasetFromIdx('tiny', images, labelFile([7, 8])), {
    code: 'data-mismatch',
    message: /3 images.*2 labels/,
  });
});

test('the label 255 is data-unsupported, because it stands for outliers', t => {
  t.is(datasetFromIdx('tiny', images, labelFile([7, 254, 7])).count, 3);
  t.throws(() => datasetFromIdx('tiny', images, labelFile([7, 255, 7])), {
    code: 'data-unsupported',
    message: 'labels has the label 255: at most 255 classes are supported, with labels up to 254',
  });
});

/** A folder of data with one image for every label. */
function dataOf(training: number[], { test: testing = training, rows = 28, columns = 28 } = {}) {
  const datasetOf = (name: string, values: number[]): Dataset => ({
    ...{ name, rows, columns, count: values.length, labels: Uint8Array.from(values) },
    pixels: new Uint8Array(values.length * rows * columns),
  });
  return {
    training: datasetOf('training', training),
    test: datasetOf('test', testing),
    isTransposed: false,
    digests: {},
  };
}

const upTo = (end: number, start = 0) => Array.from({ length: end - start }, (_, i) => start + i);

test('images of 28×28 with ten classes are digits, unless the classes have names', t => {
  t.is(formData(dataOf(upTo(10))).form, undefined);
  t.is(formData(dataOf([0, 1]), { count: 10 }).form, undefined);
  const names = upTo(10).map(label => `thing ${label}`);
  t.deepEqual(formData(dataOf(upTo(10)), { names }).form, {
    ...{ rows: 28, columns: 28, firstLabel: 0, classes: names },
  });
});

test('there are as many classes as the largest label requires', t => {
  for (const [data, rows, columns, count] of [
    [dataOf(upTo(26)), 28, 28, 26],
    [dataOf(upTo(2)), 28, 28, 2],
    [dataOf(upTo(10), { rows: 32, columns: 32 }), 32, 32, 10],
    [dataOf(upTo(5), { rows: 20, columns: 30 }), 20, 30, 5],
  ] as const) {
    const { form, data: formed } = formData(data);
    t.like(form, { rows, columns, firstLabel: 0 });
    t.deepEqual(form?.classes, upTo(count).map(String));
    t.deepEqual(formed.training.labels, data.training.labels);
  }
});

test('labels from 1 on are classes from 0 on, named by their labels', t => {
  const { form, data } = formData(dataOf(upTo(27, 1), { test: [26, 2] }));
  t.like(form, { firstLabel: 1 });
  t.deepEqual([form?.classes[0], form?.classes.length], ['1', 26]);
  t.deepEqual([...data.training.labels], upTo(26));
  t.deepEqual([...data.test.labels], [25, 1]);
  t.like(formData(dataOf(upTo(27, 1)), { count: 26 }).form, { firstLabel: 1 });
  t.like(formData(dataOf(upTo(27, 1)), { count: 27 }).form, { firstLabel: 0 });
  t.like(formData(dataOf(upTo(27, 1), { test: [0] })).form, { firstLabel: 0 });
});

const unusable: [
  title: string,
  data: ReturnType<typeof dataOf>,
  count: number | undefined,
  code: string,
][] = [
  ['with a single class', dataOf([3, 3]), undefined, 'data-unsupported'],
  [
    'with images of more pixels than a layer',
    dataOf([0, 1], { rows: 1 << 9, columns: 129 }),
    undefined,
    'data-unsupported',
  ],
  ['with mostly unused labels', dataOf([...upTo(10), 200]), undefined, 'data-mismatch'],
  [
    'with a label above the given number of classes',
    dataOf([...upTo(10), 200]),
    10,
    'data-unsupported',
  ],
  [
    'with a label above the given number of letters',
    dataOf([...upTo(26), 200]),
    26,
    'data-mismatch',
  ],
  [
    'with test labels that training does not have',
    dataOf(upTo(26), { test: [26] }),
    undefined,
    'data-mismatch',
  ],
];

for (const [title, data, count, code] of unusable) {
  test(`data ${title} is ${code}`, t => {
    t.throws(() => formData(data, { count }), { code });
  });
}

test('data of another form than the model’s is refused', t => {
  const { form } = formData(dataOf(upTo(26)));
  t.throws(() => withForm(dataOf(upTo(26), { rows: 27 }), form), {
    code: 'data-mismatch',
    message: 'training are 27×28, expected 28×28',
  });
  t.throws(() => withForm(dataOf(upTo(27)), form), { code: 'data-mismatch' });
  t.throws(() => withForm(dataOf(upTo(26)), undefined), { code: 'data-unsupported' });
});

test('images without pixels are data-corrupt', t => {
  const blank = { name: 'images', bytes: idxBytes(imageMagic, [3, 0, 28], []) };
  t.throws(() => datasetFromIdx('tiny', blank, labelFile([7, 8, 9])), {
    code: 'data-corrupt',
    message: /images of 0×28/,
  });
});

test('an empty data set is data-mismatch', t => {
  const none = { name: 'images', bytes: idxBytes(imageMagic, [0, 28, 28], []) };
  t.throws(() => datasetFromIdx('tiny', none, labelFile([])), { code: 'data-mismatch' });
});

const whole: Record<string, Buffer> = {
  'train-images-idx3-ubyte': idxBytes(imageMagic, [3, 1, 2], [1, 2, 3, 4, 5, 6]),
  'train-labels-idx1-ubyte': idxBytes(labelMagic, [3], [7, 8, 9]),
  't10k-images-idx3-ubyte': idxBytes(imageMagic, [1, 1, 2], [7, 8]),
  't10k-labels-idx1-ubyte': idxBytes(labelMagic, [1], [0]),
};

/** A folder of these files; a file that is null is left out. */
async function folderOf(t: ExecutionContext, files: Record<string, Uint8Array | null>) {
  const folder = await mkdtemp(join(tmpdir(), 'idx-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    if (bytes) await writeFile(join(folder, name), bytes);
  }
  return folder;
}

test('the four files are read, with a digest of each', async t => {
  const { training, test: testing, digests } = await loadIdxFolder(await folderOf(t, whole));
  t.like(training, { count: 3, rows: 1, columns: 2 });
  t.deepEqual([...testing.pixels], [7, 8]);
  t.is(Object.keys(digests).length, 4);
});

test('gzipped files give the same data', async t => {
  const packed = Object.fromEntries(
    Object.entries(whole).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
  );
  const plain = await loadIdxFolder(await folderOf(t, whole));
  const unpacked = await loadIdxFolder(await folderOf(t, packed));
  t.deepEqual(unpacked.digests, plain.digests);
});

const spellings: readonly [title: string, rename: (name: string) => string][] = [
  ['a dot', name => name.replace('-idx', '.idx')],
  ['a prefix', name => `qmnist-${name}`],
  ['“test”', name => name.replace('t10k', 'test')],
  ['capitals', name => name.toUpperCase()],
];

for (const [title, rename] of spellings) {
  test(`files named with ${title} give the same data`, async t => {
    const renamed = Object.entries(whole).map(([name, bytes]) => [rename(name), bytes] as const);
    const { training, test: testing } = await loadIdxFolder(
      await folderOf(t, Object.fromEntries(renamed)),
    );
    t.deepEqual([...training.pixels], [1, 2, 3, 4, 5, 6]);
    t.deepEqual([...testing.labels], [0]);
  });
}

const emnist = (set: string) => ({
  [`emnist-${set}-train-images-idx3-ubyte.gz`]: gzipSync(
    idxBytes(imageMagic, [1, 2, 3], [1, 2, 3, 4, 5, 6]),
  ),
  [`emnist-${set}-train-labels-idx1-ubyte.gz`]: gzipSync(idxBytes(labelMagic, [1], [7])),
  [`emnist-${set}-test-images-idx3-ubyte.gz`]: gzipSync(
    idxBytes(imageMagic, [1, 2, 3], [7, 8, 9, 10, 11, 12]),
  ),
  [`emnist-${set}-test-labels-idx1-ubyte.gz`]: gzipSync(idxBytes(labelMagic, [1], [0])),
});

test('EMNIST’s images are turned upright, and of its several sets one is named', async t => {
  const digits = await folderOf(t, emnist('digits'));
  const { training, test: testing, isTransposed } = await loadIdxFolder(digits);
  t.true(isTransposed);
  t.like(training, { rows: 3, columns: 2 });
  t.deepEqual([...training.pixels], [1, 4, 2, 5, 3, 6]);
  t.deepEqual([...testing.pixels], [7, 10, 8, 11, 9, 12]);

  const all = await folderOf(t, { ...emnist('digits'), ...emnist('mnist') });
  await t.throwsAsync(loadIdxFolder(all), {
    code: 'data-mismatch',
    message: /emnist-digits, emnist-mnist: name one of them, for example .*emnist-digits$/,
  });
  const chosen = await loadIdxFolder(join(all, 'emnist-mnist'));
  t.is(chosen.training.name, 'emnist-mnist training images');
});

const trainingImages = 'train-images-idx3-ubyte';
const faults: [title: string, files: Record<string, Uint8Array | null>, code: string][] = [
  ['that lacks a file', { [trainingImages]: null }, 'data-missing'],
  [
    'with gzip cut short',
    {
      [trainingImages]: null,
      [`${trainingImages}.gz`]: gzipSync(whole[trainingImages]!).subarray(0, 20),
    },
    'data-corrupt',
  ],
  [
    'with gzip of nothing',
    { [trainingImages]: null, [`${trainingImages}.gz`]: gzipSync('') },
    'data-corrupt',
  ],
  [
    'with a truncated file',
    { [trainingImages]: whole[trainingImages]!.subarray(0, 20) },
    'data-corrupt',
  ],
  [
    'with labels in place of images',
    { [trainingImages]: whole['train-labels-idx1-ubyte']! },
    'data-corrupt',
  ],
  [
    'with training and test files swapped',
    { [trainingImages]: whole['t10k-images-idx3-ubyte']! },
    'data-mismatch',
  ],
  [
    'with test images of another size',
    { 't10k-images-idx3-ubyte': idxBytes(imageMagic, [1, 2, 2], [1, 2, 3, 4]) },
    'data-mismatch',
  ],
];

for (const [title, files, code] of faults) {
  test(`a folder ${title} is ${code}`, async t => {
    const folder = await folderOf(t, { ...whole, ...files });
    await t.throwsAsync(loadIdxFolder(folder), { code });
  });
}

const bombs: [title: string, unpacked: Uint8Array, reason: RegExp][] = [
  [
    'unpacks to more than its header claims',
    idxBytes(imageMagic, [3, 1, 2], new Uint8Array(1 << 22)),
    /more bytes than claimed/,
  ],
  [
    'claims more than a file may have',
    idxBytes(imageMagic, [2 ** 20, 28, 28], []),
    /a header that claims 822083600/,
  ],
];

for (const [title, unpacked, message] of bombs) {
  test(`a gzipped file that ${title} is refused before it is unpacked`, async t => {
    const packed = gzipSync(unpacked);
    t.true(packed.length < 5000);
    const files = { ...whole, [trainingImages]: null, [`${trainingImages}.gz`]: packed };
    const folder = await folderOf(t, files);
    await t.throwsAsync(loadIdxFolder(folder), { code: 'data-corrupt', message });
  });
}

const pictureFiles = (count: number, prefix = '') => ({
  [`${prefix}train-images-idx3-ubyte`]: idxBytes(
    imageMagic,
    [count, 2, 3],
    Array.from({ length: count * 6 }, (_, i) => i),
  ),
  [`${prefix}train-labels.idx1-ubyte.gz`]: gzipSync(
    idxBytes(
      labelMagic,
      [count],
      Array.from({ length: count }, (_, i) => i % 10),
    ),
  ),
});

test('further pictures are images and labels alone, split in the order of the file', async t => {
  const [own] = await loadPictures([await folderOf(t, pictureFiles(23))]);
  const { training, validation, heldOut } = splitInOrder(own!);
  t.deepEqual(
    [training, validation, heldOut].map(({ count }) => count),
    [18, 2, 3],
  );
  t.deepEqual([...heldOut.labels], [0, 1, 2]);
  t.is(heldOut.pixels[0], 20 * 6);
  t.regex(Object.keys(own!.digests).join(' '), /^idx-\w+\/train-images-\S+ idx-\w+\/train-labels/);
});

test('further pictures of EMNIST are turned upright, and a test set beside them is ignored', async t => {
  const files = {
    ...pictureFiles(10, 'emnist-own-'),
    'emnist-own-test-images-idx3-ubyte': Buffer.of(1),
  };
  const [own] = await loadPictures([await folderOf(t, files)]);
  t.deepEqual([...own!.pictures.pixels.subarray(0, 6)], [0, 3, 1, 4, 2, 5]);
});

test('a folder without images and labels of its own is refused as further pictures', async t => {
  const folder = await folderOf(t, pictureFiles(10));
  const refused = async (path: string, code: string, message: RegExp) =>
    t.throwsAsync(loadPictures([path]), { code, message });
  await refused(join(folder, '..'), 'data-missing', /found: no IDX file/);
  await refused(join(folder, 'nothing'), 'data-missing', /train-images-idx3-ubyte/);
  await refused(await folderOf(t, pictureFiles(9)), 'data-mismatch', /9 pictures/);
  await t.throwsAsync(loadPictures([folder, folder]), { code: 'data-mismatch', message: /rename/ });
});

test('a file larger than any data set is data-corrupt, without being read', async t => {
  const folder = await folderOf(t, whole);
  await truncate(join(folder, trainingImages), maxIdxBytes + 1);
  await t.throwsAsync(loadIdxFolder(folder), {
    code: 'data-corrupt',
    message: /at most 268435456/,
  });
});

test('a file in place of the folder is data-missing', async t => {
  const folder = await folderOf(t, whole);
  await t.throwsAsync(loadIdxFolder(join(folder, trainingImages)), { code: 'data-missing' });
});

const mnistFiles = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

test('the installed MNIST is the published one', async t => {
  const { training, test: testing } = await loadMnist();
  t.like(training, { count: 60_000, rows: 28, columns: 28 });
  t.is(testing.count, 10_000);
  t.deepEqual([...training.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
  const { images } = await loadMnistTestImages();
  t.like(images, { name: testing.name, count: 10_000, rows: 28, columns: 28 });
  t.true(Buffer.from(images.pixels).equals(testing.pixels));
});

test('a folder without the files of MNIST is data-missing', async t => {
  for (const load of [loadMnist, loadMnistTestImages]) {
    await t.throwsAsync(load(join(tmpdir(), 'no-such-folder')), { code: 'data-missing' });
  }
});

test('a single changed byte of MNIST is data-corrupt', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'mnist-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const file of mnistFiles) await copyFile(join(mnistFolder(), file), join(folder, file));
  const labels = await open(join(folder, 't10k-labels-idx1-ubyte'), 'r+');
  await labels.write(Uint8Array.of(3), 0, 1, 2000);
  await labels.close();
  for (const load of [loadMnist, loadMnistTestImages]) {
    await t.throwsAsync(load(folder), { code: 'data-corrupt', message: /t10k-labels.*SHA-256/ });
  }
});
