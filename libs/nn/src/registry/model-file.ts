// The model file, in safetensors: tensors `layers.<i>.weight` [inputs, outputs] and `layers.<i>.bias`
// [outputs], with ReLU between the layers and softmax after the last; metadata describe the model.

import Type from 'typebox';
import Value from 'typebox/value';
import type { DenseLayer } from '../engine/dense.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Network } from '../engine/network.ts';
import { NnError } from '../errors.ts';
import { type DataForm, maxLayerSize } from '../inference/data-form.ts';
import { createModel, type Model, type ModelDescription } from '../inference/model.ts';
import { parseJson } from '../parse-json.ts';
import { noPreprocessing, preprocessing } from '../preprocess/preprocess.ts';
import { jsonMetadataOf, readAcceptance, readAccuracy, readForm } from './json-metadata.ts';
import { allocateModelFile } from './read-into-kernel-memory.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
  type Tensor,
} from './safetensors.ts';

const format = 'digits-dense/1';

const LayerSizes = Type.Array(Type.Integer({ minimum: 1, maximum: maxLayerSize }), {
  minItems: 2,
  maxItems: 16,
});

/**
 * Calibration searches 0.05…20. Far outside of it the division turns probabilities into 0 and 1, or all
 * into the same for every picture.
 */
const temperatureRange = { minimum: 0.01, maximum: 100 };

const Temperature = Type.Number(temperatureRange);

/**
 * Encodes a model as safetensors. The same network and description give the same bytes.
 *
 * @throws NnError as `metadataOf`
 */
export function encodeModel(network: Network, description: ModelDescription): Uint8Array {
  const tensors = new Map<string, Tensor>();
  for (const [i, { inputs, outputs, weight, bias }] of network.layers.entries()) {
    tensors.set(`layers.${i}.weight`, { shape: [inputs, outputs], values: weight });
    tensors.set(`layers.${i}.bias`, { shape: [outputs], values: bias });
  }
  return encodeSafetensors({ metadata: metadataOf(description), tensors });
}

/**
 * Encodes a description as the metadata of a model file.
 *
 * @throws NnError `model-corrupt` for a number that `decodeModel` rejects
 */
export function metadataOf(description: ModelDescription): Record<string, string> {
  checkTemperature(description.temperature);
  return {
    format,
    layerSizes: JSON.stringify(description.layerSizes),
    preprocessing: description.preprocessing,
    temperature: String(description.temperature),
    seed: description.seed,
    trainedOn: description.trainedOn,
    ...jsonMetadataOf(description),
  };
}

/**
 * Decodes a model file into kernel memory.
 *
 * @param kernels the backend that the model will run on
 * @throws NnError what `decodeSafetensors` throws; `model-wrong-shape` or `model-corrupt` if tensors and
 * metadata do not match; `model-unsupported` for another format or preprocessing, or if the model does
 * not fit into kernel memory
 */
export function decodeModel(bytes: Uint8Array, kernels: Kernels): Model {
  const copy = allocateModelFile(bytes.byteLength, bytes, kernels);
  copy.set(bytes);
  return decodeModelInPlace(copy, kernels);
}

/**
 * Decodes a model file without a copy: the weights of the model are views of the bytes.
 *
 * @param bytes in memory from `allocateModelFile`; must not be changed afterwards
 * @throws NnError as `decodeModel`
 */
export function decodeModelInPlace(bytes: Uint8Array, kernels: Kernels): Model {
  const content = decodeSafetensors(bytes);
  const description = readDescription(content);
  const { layerSizes } = description;
  const last = layerSizes.length - 2;
  const layers = layerSizes.slice(1).map((outputs, i): DenseLayer => {
    const inputs = layerSizes[i]!;
    const weight = readTensor(content, `layers.${i}.weight`, [inputs, outputs]);
    const bias = readTensor(content, `layers.${i}.bias`, [outputs]);
    return { inputs, outputs, weight, bias, activation: i === last ? 'identity' : 'relu' };
  });
  if (content.tensors.size !== 2 * layers.length) {
    throw new NnError(
      'model-corrupt',
      `${content.tensors.size} tensors, expected ${2 * layers.length} for ${layerSizes.join('-')}`,
    );
  }
  return createModel({ kernels, layers }, description);
}

function readDescription({ metadata }: SafetensorsContent): ModelDescription {
  expectMetadata(metadata, 'format', format);
  const isRaw = metadata['preprocessing'] === noPreprocessing;
  if (!isRaw) expectMetadata(metadata, 'preprocessing', preprocessing);
  const layerSizes = parseLayerSizes(metadata['layerSizes']);
  const form = isRaw ? readForm(metadata) : null;
  if (form) checkForm(form, layerSizes);
  const temperature = Number(metadata['temperature']);
  checkTemperature(temperature);
  const { seed = 'unknown', trainedOn = 'unknown' } = metadata;
  return {
    layerSizes,
    preprocessing: isRaw ? noPreprocessing : preprocessing,
    temperature,
    seed,
    trainedOn,
    acceptance: readAcceptance(metadata),
    accuracy: readAccuracy(metadata),
    ...(form && { form }),
  };
}

function checkForm({ rows, columns, classes }: DataForm, layerSizes: readonly number[]): void {
  if (rows * columns === layerSizes[0] && classes.length === layerSizes.at(-1)) return;
  throw new NnError(
    'model-corrupt',
    `form is ${rows}×${columns} with ${classes.length} classes, expected that of ${layerSizes.join('-')}`,
  );
}

function checkTemperature(temperature: number): void {
  if (Value.Check(Temperature, temperature)) return;
  const { minimum, maximum } = temperatureRange;
  throw new NnError(
    'model-corrupt',
    `temperature ${temperature}, expected a number from ${minimum} to ${maximum}`,
  );
}

function parseLayerSizes(text: string | undefined): number[] {
  const sizes = parseJson(text ?? '');
  if (Value.Check(LayerSizes, sizes)) return sizes;
  throw new NnError('model-corrupt', `layerSizes ${text}, expected a JSON array such as [784,10]`);
}

function expectMetadata(metadata: Readonly<Record<string, string>>, key: string, value: string) {
  if (metadata[key] === value) return;
  throw new NnError(
    'model-unsupported',
    `${key} is ${metadata[key] ?? 'missing'}, expected ${value}`,
  );
}

function readTensor(
  { tensors }: SafetensorsContent,
  name: string,
  shape: readonly number[],
): Float32Array {
  const tensor = tensors.get(name);
  if (!tensor || String(tensor.shape) !== String(shape)) {
    throw new NnError(
      tensor ? 'model-wrong-shape' : 'model-corrupt',
      `tensor ${name} is ${tensor ? `[${tensor.shape}]` : 'missing'}, expected [${shape}]`,
    );
  }
  return tensor.values;
}
