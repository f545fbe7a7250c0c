// Requests of the Open Inference Protocol, valid or mutated, in JSON or with binary tensors.

import type { Random } from '../random.ts';
import { mutateBytes } from './bytes.ts';
import { encodeJson, type Json, mutateJson, Raw } from './json.ts';
import { numbers, wildText } from './values.ts';

type Header = readonly [name: string, value: string];

export interface InferenceMessage {
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

const imageSize = 784;

const shapes: readonly (readonly Json[])[] = [
  [1, imageSize],
  [2, imageSize],
  [1, 28, 28],
  [1, 1, 28, 28],
  [0, imageSize],
  [-1, imageSize],
  [4096, imageSize],
  [4097, imageSize],
  [2 ** 31, imageSize],
  [1.5, imageSize],
  [new Raw('1e308'), imageSize],
  [],
];

function values(count: number, random: Random): Json {
  const list = Array.from({ length: count }, () => (random.chance(0.8) ? 0 : random.fraction()));
  if (random.chance(0.2)) {
    const wild = random.pick([...numbers, '-0.001', '1.001', 'null', '"1"', '[]', 'true']);
    return list.toSpliced(random.below(count), 1, new Raw(wild) as never);
  }
  return list;
}

function outputs(random: Random): Json {
  const names = ['probabilities', 'digit', 'digit', 'x'];
  const one = () => ({
    name: random.pick(names),
    ...(random.chance(0.3) && { parameters: { binary_data: random.chance(0.5) } }),
  });
  return Array.from({ length: random.below(4) }, one);
}

function message(random: Random, binarySize: number | undefined): Json {
  const shape = random.chance(0.6) ? shapes[0]! : random.pick(shapes);
  const input = {
    name: 'input',
    shape,
    datatype: random.chance(0.95) ? 'FP32' : random.pick(['FP64', 'BYTES', 'fp32']),
    ...(binarySize === undefined
      ? { data: values(random.chance(0.8) ? imageSize : random.below(1600), random) }
      : { parameters: { binary_data_size: binarySize } }),
  };
  return {
    ...(random.chance(0.5) && { id: wildText(random).toWellFormed() }),
    inputs: [input],
    ...(random.chance(0.4) && { outputs: outputs(random) }),
    ...(random.chance(0.2) && { parameters: { binary_data_output: random.chance(0.5) } }),
  };
}

/** Floats in 0…1, or any bits at all: NaN, infinities and denormals among them. */
function floats(random: Random): Buffer {
  if (random.chance(0.2)) return random.bytes(imageSize * 4);
  const list = Float32Array.from({ length: imageSize }, () => random.fraction());
  return Buffer.from(list.buffer);
}

function binary(random: Random): InferenceMessage {
  const tensor = floats(random);
  const sent = random.chance(0.2) ? mutateBytes(tensor, random) : tensor;
  const size = random.chance(0.8) ? tensor.length : random.pick([0, -4, 3136.5, 2 ** 53, 784]);
  const tree = message(random, size);
  const json = encodeJson(random.chance(0.3) ? mutateJson(tree, random) : tree, random);
  const length = random.chance(0.8) ? String(json.length) : wildText(random);
  const headers: Header[] = [['Inference-Header-Content-Length', length]];
  return { headers, body: Buffer.concat([json, sent]) };
}

export function someInference(random: Random): InferenceMessage {
  const { headers, body } = random.chance(0.3)
    ? binary(random)
    : { headers: [], body: text(random) };
  const types = ['application/json', 'application/octet-stream', 'text/plain', '', 'x'];
  const type = random.chance(0.8) ? types[0]! : random.pick(types);
  return { headers: [['Content-Type', type], ...headers], body };
}

function text(random: Random): Buffer {
  let tree = message(random, undefined);
  for (let left = random.below(3); left > 0; left--) tree = mutateJson(tree, random);
  return encodeJson(tree, random);
}
