// Keeps the strongest images of a model's neurons beside the model, so that they are computed once. The
// file names the model and the images by their digests; any other file is as good as none.

import { join } from 'node:path';
import { readRegularFile } from '@digits/files';
import { layerSizesOf, type Network } from '../engine/network.ts';
import { imagesPerNeuron, type StrongestImages } from '../inference/strongest-images.ts';
import type { LoadedModel } from './champion.ts';
import { makeFolder, writeAtomically } from './locked-files.ts';
import { layersOf, type ModelsFolder, ownFolder } from './models-folder.ts';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.ts';

const fileName = 'strongest-images.safetensors';
const format = 'digits-strongest-images/1';

/** Of the header, which grows with the number of layers. */
const maxHeaderBytes = 64 * 1024;

/** The images that are searched. */
export interface SearchedImages {
  /** SHA-256 of their file */
  readonly sha256: string;
  readonly count: number;
}

/**
 * Reads the file of a version, one's own or the shipped one.
 *
 * @returns undefined if there is none, or it is of another model or other images, or malformed
 */
export async function readStrongestImages(
  modelsFolder: ModelsFolder,
  loaded: LoadedModel,
  searched: SearchedImages,
): Promise<readonly StrongestImages[] | undefined> {
  for (const folder of layersOf(modelsFolder)) {
    const file = join(folder, loaded.version, fileName);
    const found = await readFile(file, loaded, searched).catch(() => undefined);
    if (found) return found;
  }
  return undefined;
}

async function readFile(file: string, loaded: LoadedModel, searched: SearchedImages) {
  const { network } = loaded.model;
  const neurons = network.layers.reduce((sum, { outputs }) => sum + outputs, 0);
  const bytes = await readRegularFile(file, 8 * imagesPerNeuron * neurons + maxHeaderBytes);
  const { metadata, tensors } = decodeSafetensors(bytes);
  const expected = Object.entries(metadataOf(loaded, searched));
  if (!expected.every(([key, value]) => metadata[key] === value)) return undefined;
  return layersIn(tensors, network, searched.count);
}

/** @returns undefined unless the tensors fit the network, and the indices the images */
function layersIn(tensors: ReadonlyMap<string, Tensor>, network: Network, count: number) {
  const layers: StrongestImages[] = [];
  for (const [i, { outputs: N }] of network.layers.entries()) {
    const images = tensors.get(`layers.${i}.images`)?.values;
    const outputs = tensors.get(`layers.${i}.outputs`)?.values;
    const length = N * imagesPerNeuron;
    if (images?.length !== length || outputs?.length !== length) return undefined;
    if (!images.every(image => Number.isInteger(image) && image >= -1 && image < count)) {
      return undefined;
    }
    layers.push({ images, outputs });
  }
  return layers;
}

/**
 * Writes the file of a version in one's own folder, which is created if it is missing.
 *
 * @throws NnError `write-failed`, as for a folder that is read-only
 */
export async function writeStrongestImages(
  modelsFolder: ModelsFolder,
  loaded: LoadedModel,
  searched: SearchedImages,
  layers: readonly StrongestImages[],
): Promise<void> {
  const tensors = new Map(
    layers.flatMap(({ images, outputs }, i) => [
      [`layers.${i}.images`, tensorOf(images)] as const,
      [`layers.${i}.outputs`, tensorOf(outputs)] as const,
    ]),
  );
  const folder = join(ownFolder(modelsFolder), loaded.version);
  await makeFolder(folder);
  const content = encodeSafetensors({ metadata: metadataOf(loaded, searched), tensors });
  await writeAtomically(join(folder, fileName), content);
}

function tensorOf(values: Float32Array): Tensor {
  return { shape: [values.length / imagesPerNeuron, imagesPerNeuron], values };
}

function metadataOf({ sha256, model }: LoadedModel, searched: SearchedImages) {
  const layerSizes = JSON.stringify(layerSizesOf(model.network));
  return { format, model: sha256, images: searched.sha256, layerSizes };
}
