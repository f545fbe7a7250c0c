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
  [1, 28, 28, 1],
  [0, imageSize],
  [-1, imageSize],
  [4096, imageSize],
  [4097, imageSize],
  [2 ** 31, imageSize],
  [1.5, imageSize],
  [new Raw('1e308'), imageSize],
  [],
];

function values(count: number, datatype: string, random: Random): Json {
  const one = () => (datatype === 'UINT8' ? random.below(256) : random.fraction());
  const list = Array.from({ length: count }, () => (random.chance(0.8) ? 0 : one()));
  if (random.chance(0.2)) {
    const wild = random.pick([...numbers, '-0.001', '1.001', 'null', '"1"', '[]', 'true']);
    return list.toSpliced(random.below(count), 1, new Raw(wild) as never);
  }
  return list;
}

function outputParameters(random: Random): Json {
  return random.weighted<() => Json>([
    [5, () => ({ binary_data: random.chance(0.5) })],
    [5, () => ({ classification: random.below(12), binary_data: random.chance(0.3) })],
    [1, () => ({ classification: new Raw(random.pick(['1e9', '"3"', 'null', '-1', '0.5'])) })],
    [1, () => ({ [random.pick(['shared_memory_region', 'content_type', '__proto__'])]: 'np' })],
  ])();
}

function outputs(random: Random): Json {
  const names = ['probabilities', 'digit', 'digit', 'x'];
  const one = () => ({
    name: random.pick(names),
    ...(random.chance(0.4) && { parameters: outputParameters(random) }),
  });
  return Array.from({ length: random.below(4) }, one);
}

const datatypes = ['FP32', 'FP32', 'FP64', 'UINT8'] as const;
const otherDatatypes = ['INT8', 'BYTES', 'fp32', 'toString', '__proto__'];

function message(random: Random, datatype: string, binarySize?: number): Json {
  const shape = random.chance(0.6) ? shapes[0]! : random.pick(shapes);
  const input = {
    name: 'input',
    shape,
    datatype: random.chance(0.95) ? datatype : random.pick(otherDatatypes),
    ...(binarySize === undefined
      ? { data: values(random.chance(0.8) ? imageSize : random.below(1600), datatype, random) }
      : { parameters: { binary_data_size: binarySize } }),
  };
  return {
    ...(random.chance(0.5) && { id: wildText(random).toWellFormed() }),
    inputs: [input],
    ...(random.chance(0.4) && { outputs: outputs(random) }),
    ...(random.chance(0.2) && { parameters: { binary_data_output: random.chance(0.5) } }),
  };
}

/** Numbers in 0…1, or any bits at all: NaN, infinities and denormals among them. */
function binaryValues(datatype: (typeof datatypes)[number], random: Random): Buffer {
  const bytesPerValue = { FP32: 4, FP64: 8, UINT8: 1 }[datatype];
  if (datatype === 'UINT8' || random.chance(0.2)) return random.bytes(imageSize * bytesPerValue);
  const Values = datatype === 'FP32' ? Float32Array : Float64Array;
  const list = new Values(imageSize).map(() => random.fraction());
  return Buffer.from(list.buffer);
}

function binary(random: Random): InferenceMessage {
  const datatype = random.pick(datatypes);
  const tensor = binaryValues(datatype, random);
  const sent = random.chance(0.2) ? mutateBytes(tensor, random) : tensor;
  const size = random.chance(0.8) ? tensor.length : random.pick([0, -4, 3136.5, 2 ** 53, 784]);
  const tree = message(random, datatype, size);
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
  let tree = message(random, random.pick(datatypes));
  for (let left = random.below(3); left > 0; left--) tree = mutateJson(tree, random);
  return encodeJson(tree, random);
}
