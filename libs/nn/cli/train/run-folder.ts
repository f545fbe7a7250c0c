// The run folder of an unfinished training, which keeps its checkpoint: <out>/.runs/<name>-<seed>/.

import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NnError } from '../../src/errors.ts';
import { writeAtomically } from '../../src/registry/locked-files.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from '../../src/registry/safetensors.ts';

const checkpoint = 'checkpoint.safetensors';
const checkpointBefore = 'checkpoint-before.safetensors';

export interface RunFolder {
  readonly path: string;
  /**
   * @throws NnError `checkpoint-missing`, or `checkpoint-corrupt` for a file that is not whole
   */
  readonly load: () => Promise<SafetensorsContent>;
  /** @throws NnError `write-failed`; the previous checkpoint is then kept */
  readonly save: (content: SafetensorsContent) => Promise<void>;
  /** Renames a checkpoint that is not continued. @returns whether there was one */
  readonly putAside: () => Promise<boolean>;
  /** Removes the checkpoints. */
  readonly remove: () => Promise<void>;
}

/** @throws NnError `write-failed`, before the training rather than after it */
export async function openRunFolder(out: string, run: string): Promise<RunFolder> {
  await expectWritable(out);
  const folder = join(out, '.runs', run);
  const file = join(folder, checkpoint);
  return {
    path: folder,
    load: () => loadCheckpoint(file),
    async save(content) {
      await makeFolder(folder);
      await writeAtomically(file, encodeSafetensors(content));
    },
    putAside: () =>
      rename(file, join(folder, checkpointBefore)).then(
        () => true,
        () => false,
      ),
    async remove() {
      for (const name of [checkpoint, checkpointBefore]) {
        await rm(join(folder, name), { force: true });
      }
      // Only empty folders are removed: other files stay, and other runs may be unfinished.
      await rmdir(folder).catch(() => {});
      await rmdir(join(out, '.runs')).catch(() => {});
    },
  };
}

async function loadCheckpoint(file: string): Promise<SafetensorsContent> {
  const bytes = await readFile(file).catch(cause => {
    throw new NnError('checkpoint-missing', `${file} cannot be read: train without --resume`, {
      cause,
    });
  });
  try {
    return decodeSafetensors(bytes);
  } catch (cause) {
    const why = (cause as Error).message;
    throw new NnError('checkpoint-corrupt', `${file}: ${why}: train without --resume`, { cause });
  }
}

async function expectWritable(folder: string): Promise<void> {
  await makeFolder(folder);
  await access(folder, constants.W_OK).catch(cause => {
    throw new NnError(
      'write-failed',
      `${folder} cannot be written to: name another folder with --out`,
      { cause },
    );
  });
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(cause => {
    throw new NnError(
      'write-failed',
      `${folder} cannot be created: name another folder with --out`,
      {
        cause,
      },
    );
  });
}
