// Saves a model to a file and loads it; the champion and its versions are in champion.ts.

import { chooseKernels } from '../engine/kernels/choose.ts';
import type { Kernels } from '../engine/kernels/kernels.ts';
import type { Model } from '../inference/model.ts';
import { writeAtomically } from './locked-files.ts';
import { decodeModelInPlace, encodeModel } from './model-file.ts';
import { readIntoKernelMemory } from './read-into-kernel-memory.ts';

/**
 * Saves a model as safetensors (https://huggingface.co/docs/safetensors), which other languages read too:
 * `layers.<i>.weight` [inputs, outputs] and `layers.<i>.bias` [outputs]. The same model gives the same bytes.
 *
 * @param path of the file; its folder exists
 * @throws NnError `write-failed`; the file is then as it was
 */
export async function saveModel(path: string, model: Model): Promise<void> {
  await writeAtomically(path, encodeModel(model.network, model));
}

/**
 * Loads a model that `saveModel` or a training of digits has saved.
 *
 *     const model = await loadModel('spirals.safetensors');
 *
 * @param kernels compute with the model, and keep its weights in their memory; the fastest ones of this machine
 * by default
 * @throws NnError `model-missing` for a file that cannot be read; a code with `model-` for each way in which
 * it is no model
 */
export async function loadModel(
  path: string,
  kernels: Kernels = chooseKernels().kernels,
): Promise<Model> {
  return decodeModelInPlace(await readIntoKernelMemory(path, kernels), kernels);
}
