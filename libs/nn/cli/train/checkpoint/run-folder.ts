// The run folder of an unfinished training, <out>/.runs/<name>-<seed>/, which contains its checkpoint.

import { constants } from 'node:fs';
import { access, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder as makeFolders, renameFile } from '@digits/files';
import { NnError } from '../../../src/errors.ts';
import type { SafetensorsContent } from '../../../src/registry/safetensors.ts';
import { readCheckpoint, writeCheckpoint } from '../../../src/training/checkpoint-file.ts';

const checkpoint = 'checkpoint.safetensors';
const checkpointBefore = 'checkpoint-before.safetensors';

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
    load: () =>
      readCheckpoint(file).catch(error => {
        throw withResumeAdvice(error);
      }),
    async save(content) {
      await makeFolder(folder);
      await writeCheckpoint(file, content);
    },
    backUp: () =>
      renameFile(file, join(folder, checkpointBefore)).then(
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

/** An error about a checkpoint with what to do about it; any other error as it is. */
export function withResumeAdvice(error: unknown): unknown {
  if (!(error instanceof NnError && error.code.startsWith('checkpoint-'))) return error;
  const message = `${error.message}: to start over, train without --resume`;
  return new NnError(error.code, message, { cause: error });
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
