import test from 'ava';
import { loopKernels } from '../../src/engine/kernels/loops.ts';
import { createWasmKernels } from '../../src/engine/kernels/wasm.ts';
import { createNetwork } from '../../src/engine/network.ts';
import { Random } from '../../src/engine/random.ts';
import type { DataForm } from '../../src/inference/data-form.ts';
import { classify, createModel } from '../../src/inference/model.ts';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { decodeModel, encodeModel } from '../../src/registry/model-file.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from '../../src/registry/safetensors.ts';

const layerSizes = [7, 5, 3];
const network = createNetwork(loopKernels, new Random(1), layerSizes);
const description = {
  layerSizes,
  preprocessing,
  temperature: 1.25,
  seed: '1',
  trainedOn: 'nothing',
  acceptance: null,
  accuracy: null,
};
const bytes = encodeModel(network, description);

test('a decoded model classifies as before', t => {
  const pixels = Float32Array.of(0, 0.5, 1, 0.25, 0, 0, 1);
  const read = decodeModel(bytes, loopKernels);
  t.like(read, description);
  t.deepEqual(classify(read, pixels), classify(createModel(network, description), pixels));
});

test('the same model gives the same bytes', t => {
  t.deepEqual(encodeModel(network, description), bytes);
});

test('a classification has the most probable class and its probability', t => {
  const { digit, confidence, probabilities } = classify(
    decodeModel(bytes, loopKernels),
    new Float32Array(7).fill(0.5),
  );
  t.is(confidence, Math.max(...probabilities));
  t.is(digit, probabilities.indexOf(confidence));
  t.true(Math.abs(probabilities.reduce((sum, value) => sum + value, 0) - 1) < 1e-6);
});

/** The file with changed content. */
function altered(change: (content: SafetensorsContent) => Partial<SafetensorsContent>): Uint8Array {
  const content = decodeSafetensors(bytes);
  return encodeSafetensors({ ...content, ...change(content) });
}

const withMetadata = (changed: Record<string, string>) =>
  altered(({ metadata }) => ({ metadata: { ...metadata, ...changed } }));

const form: DataForm = { rows: 1, columns: 7, firstLabel: 1, classes: ['a', 'b', 'c'] };

const formOf = (changed: object) => JSON.stringify({ ...form, ...changed });

test('the form of data that is not of digits is kept, and without one nothing is written', t => {
  const other = encodeModel(network, { ...description, preprocessing: 'none', form });
  t.like(decodeModel(other, loopKernels), { preprocessing: 'none', form });
  t.false('form' in decodeModel(bytes, loopKernels));
  t.false('form' in decodeSafetensors(bytes).metadata);
});

const malformed: [title: string, bytes: Uint8Array, code: string][] = [
  ['of another format', withMetadata({ format: 'digits-dense/9' }), 'model-unsupported'],
  ['of another preprocessing', withMetadata({ preprocessing: 'mnist-fit/0' }), 'model-unsupported'],
  [
    'whose form has other sizes',
    withMetadata({ preprocessing: 'none', form: formOf({ rows: 2, columns: 3 }) }),
    'model-corrupt',
  ],
  [
    'whose form has another number of classes',
    withMetadata({ preprocessing: 'none', form: formOf({ classes: ['a', 'b'] }) }),
    'model-corrupt',
  ],
  [
    'whose form is not one',
    withMetadata({ preprocessing: 'none', form: formOf({ rows: 0 }) }),
    'model-corrupt',
  ],
  ['without metadata', altered(() => ({ metadata: {} })), 'model-unsupported'],
  ['whose layer sizes are not a list', withMetadata({ layerSizes: '7' }), 'model-corrupt'],
  ['whose layer sizes are not JSON', withMetadata({ layerSizes: '[7,' }), 'model-corrupt'],
  ['with a layer of size 0', withMetadata({ layerSizes: '[7,0,3]' }), 'model-corrupt'],
  ['whose tensors have other shapes', withMetadata({ layerSizes: '[5,7,3]' }), 'model-wrong-shape'],
  ['with fewer layers than tensors', withMetadata({ layerSizes: '[7,5]' }), 'model-corrupt'],
  ['with a temperature of 0', withMetadata({ temperature: '0' }), 'model-corrupt'],
  ['with a temperature next to 0', withMetadata({ temperature: '1e-300' }), 'model-corrupt'],
  ['with a huge temperature', withMetadata({ temperature: '100.1' }), 'model-corrupt'],
  [
    'with a huge energy',
    withMetadata({ acceptance: '{"minConfidence":0,"maxEnergy":1e300}' }),
    'model-corrupt',
  ],
  [
    'with a huge count',
    withMetadata({ accuracy: '{"data":"x","count":1e15,"correct":1}' }),
    'model-corrupt',
  ],
  [
    'with a temperature that is not a number',
    withMetadata({ temperature: 'warm' }),
    'model-corrupt',
  ],
  [
    'that lacks a tensor',
    altered(({ tensors }) => ({ tensors: new Map([...tensors].slice(1)) })),
    'model-corrupt',
  ],
];

for (const [title, bytes, code] of malformed) {
  test(`a model file ${title} is refused`, t => {
    t.throws(() => decodeModel(bytes, loopKernels), { code });
  });
}

test('what no reader accepts is not written', t => {
  for (const change of [
    { temperature: 1e-300 },
    { temperature: Number.POSITIVE_INFINITY },
    { acceptance: { minConfidence: 0, maxEnergy: Number.POSITIVE_INFINITY } },
    { accuracy: { data: 'x', count: 1, correct: 2 } },
  ]) {
    const changed = { ...description, ...change };
    t.throws(() => encodeModel(network, changed), { code: 'model-corrupt' });
  }
});

test('temperatures at the limits are read and written', t => {
  for (const temperature of [0.01, 0.05, 20, 100]) {
    const file = encodeModel(network, { ...description, temperature });
    t.is(decodeModel(file, loopKernels).temperature, temperature);
  }
});

test('a model that does not fit into kernel memory is model-unsupported', t => {
  const large = createNetwork(loopKernels, new Random(1), [1024, 2048, 3]);
  const file = encodeModel(large, { ...description, layerSizes: [1024, 2048, 3] });
  t.throws(() => decodeModel(file, createWasmKernels('plain', 1 << 22)), {
    code: 'model-unsupported',
  });
});
