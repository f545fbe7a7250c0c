// Reads and writes the file of a checkpoint.

import { readRegularFile } from '@digits/files';
import { NnError } from '../errors.ts';
import { writeAtomically } from '../registry/locked-files.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from '../registry/safetensors.ts';

/** Weights, momentum and the average of the largest model that can be trained. */
const maxCheckpointBytes = 1024 * 1024 * 1024;

/**
 * Reads a checkpoint, for `resume` of the options of `train`.
 *
 * @returns undefined if there is no such file: the run ended before its first checkpoint, or never began
 * @throws NnError `checkpoint-missing` for a file that cannot be read, `checkpoint-corrupt` for an invalid one
 */
export async function readCheckpoint(path: string): Promise<SafetensorsContent | undefined> {
  const bytes = await readRegularFile(path, maxCheckpointBytes).catch(cause => {
    if (cause.code === 'ENOENT') return undefined;
    throw new NnError('checkpoint-missing', `${path} cannot be read`, { cause });
  });
  if (bytes === undefined) return undefined;
  try {
    return decodeSafetensors(bytes);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new NnError('checkpoint-corrupt', `${path}: ${why}`, { cause });
  }
}

/**
 * Writes the `content` of a `checkpoint` event of `train`. A process that ends meanwhile leaves the file as it
 * was.
 *
 * @throws NnError `write-failed`; the file is then as it was
 */
export async function writeCheckpoint(path: string, content: SafetensorsContent): Promise<void> {
  await writeAtomically(path, encodeSafetensors(content));
}
