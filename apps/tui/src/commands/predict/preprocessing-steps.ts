// --steps: has a command of apps/api write the picture after each step of the preprocessing. It decodes
// the picture exactly as the service does; the app itself has neither the decoder nor the network.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { makeFolder } from '@digits/files';
import { AppError, systemErrorText } from '../../app-error.ts';
import type { Program } from '../../programs.ts';
import { collectStderrTail, summarizeStderr } from '../../untrusted-text.ts';
import type { PictureSource } from './picture-source.ts';

/** Of the program that writes the steps. */
const notWrittenExitCode = 2;

/** Makes the folder before a picture is read. @returns why nothing can be written there */
export async function prepareStepsFolder(folder: string): Promise<string | undefined> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return `cannot be written to: ${systemErrorText(error)}`;
  }
}

/**
 * @param program writes the steps
 * @returns the source, which writes the preprocessing steps of its picture to a folder when it is read
 */
export function withSteps(
  { path, read }: PictureSource,
  folder: string,
  program: Program,
): PictureSource {
  return {
    path,
    async read() {
      const picture = await read();
      await writePreprocessingSteps(program, folder, picture);
      return picture;
    },
  };
}

/**
 * Writes 01-shrink.png, 02-… to a folder, which is created.
 * @throws AppError `picture-unreadable` if the picture cannot be decoded, `picture-file` if the files cannot be
 *   written
 */
async function writePreprocessingSteps(
  program: Program,
  folder: string,
  picture: Uint8Array,
): Promise<void> {
  const child = spawn(process.execPath, [...program, folder], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const stderrTail = collectStderrTail(child.stderr);
  // A child that fails may close its stdin early.
  child.stdin.on('error', () => {});
  child.stdin.end(picture);
  const [exitCode] = await once(child, 'close');
  const message = summarizeStderr(stderrTail());
  if (exitCode === notWrittenExitCode) {
    const [code] = /^E[A-Z]+(?=:)/.exec(message) ?? [];
    const why = systemErrorText({ code, message });
    throw new AppError('picture-file', `the steps cannot be written to ${folder}: ${why}`);
  }
  if (exitCode !== 0) throw new AppError('picture-unreadable', message);
}
