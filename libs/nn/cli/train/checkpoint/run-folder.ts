// The run folder of an unfinished training, <out>/.runs/<name>-<seed>/, which contains its checkpoint.

import { constants } from 'node:fs';
import { access, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder as makeFolders, readRegularFile } from '@digits/files';
import { NnError } from '../../../src/errors.ts';
import { writeAtomically } from '../../../src/registry/locked-files.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
} from '../../../src/registry/safetensors.ts';

const checkpoint = 'checkpoint.safetensors';
const checkpointBefore = 'checkpoint-before.safetensors';

/** Weights, momentum and the average of the largest model that can be trained. */
const maxCheckpointBytes = 1024 * 1024 * 1024;

/** The checkpoint of a run folder. */
export interface RunFolder {
  readonly path: string;
  /** Creates the models folder and tests that it is writable. @throws NnError `write-failed` */
  readonly create: () => Promise<void>;
  /**
   * Loads the checkpoint.
   *
   * @returns undefined if there is none: the run ended before its first checkpoint, or never began
   * @throws NnError `checkpoint-missing` for a file that cannot be read, `checkpoint-corrupt` for an
   * invalid one
   */
  readonly load: () => Promise<SafetensorsContent | undefined>;
  /** Saves a checkpoint. @throws NnError `write-failed`; the previous checkpoint is then kept */
  readonly save: (content: SafetensorsContent) => Promise<void>;
  /** Renames an old checkpoint to checkpoint-before. @returns whether there was one */
  readonly backUp: () => Promise<boolean>;
  /** Removes the checkpoints. */
  readonly remove: () => Promise<void>;
}

/** The folder of a run, which need not exist. */
export function runFolderIn(out: string, run: string): RunFolder {
  const folder = join(out, '.runs', run);
  const file = join(folder, checkpoint);
  return {
    path: folder,
    create: () => expectWritable(out),
    load: () => loadCheckpoint(file),
    async save(content) {
      await makeFolder(folder);
      await writeAtomically(file, encodeSafetensors(content));
    },
    backUp: () =>
      rename(file, join(folder, checkpointBefore)).then(
        () => true,
        () => false,
      ),
    async remove() {
      for (const name of [checkpoint, checkpointBefore]) {
        await rm(join(folder, name), { force: true });
      }
      // Removes only empty folders: there may be other files and other unfinished runs.
      await rmdir(folder).catch(() => {});
      await rmdir(join(out, '.runs')).catch(() => {});
    },
  };
}

async function loadCheckpoint(file: string): Promise<SafetensorsContent | undefined> {
  const bytes = await readRegularFile(file, maxCheckpointBytes).catch(cause => {
    if (cause.code === 'ENOENT') return undefined;
    throw new NnError('checkpoint-missing', `${file} cannot be read: train without --resume`, {
      cause,
    });
  });
  if (bytes === undefined) return undefined;
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
  await makeFolders(folder).catch(cause => {
    throw new NnError(
      'write-failed',
      `${folder} cannot be created: name another folder with --out`,
      {
        cause,
      },
    );
  });
}
