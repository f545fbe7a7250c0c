// Exports a model to a file in ONNX.

import type { Model } from '../../inference/model.ts';
import { writeAtomically } from '../locked-files.ts';
import { encodeOnnx } from './encode-onnx.ts';

/**
 * Exports a model to ONNX (https://onnx.ai), for other runtimes: from `pixels` [batch, inputs] to
 * `probabilities` [batch, classes], both float32. There is no import.
 *
 * @param path of the file; its folder exists
 * @throws NnError `write-failed`; the file is then as it was
 */
export async function exportOnnx(path: string, model: Model): Promise<void> {
  await writeAtomically(path, encodeOnnx(model.network, model));
}
