// Sources of pictures: files, the pictures in a folder, stdin. Each is read only when its turn comes.

import { stat } from 'node:fs/promises';
import { readRegularFile } from '@digits/files';
import { AppError, isAppError } from '../../app-error.ts';
import { type ListOptions, listPictures } from './picture-folder.ts';

/** The service's default limit; a larger file is not read. */
export const maxPictureBytes = 10 * 1024 * 1024;

/** The name of stdin, as in other commands. */
export const stdinName = '-';

export interface PictureSource {
  readonly path: string;
  /** @throws AppError */
  read(): Promise<Uint8Array>;
}

/** The paths, and what is read of the folders among them. */
export interface SourceOptions extends ListOptions {
  readonly paths: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
}

/** @returns a source for each file, and one for each picture in each folder, sorted by name */
export async function pictureSources({
  paths,
  stdin,
  ...options
}: SourceOptions): Promise<PictureSource[]> {
  const sources: PictureSource[] = [];
  for (const path of paths) {
    if (path === stdinName) sources.push({ path, read: () => readStream(stdin) });
    else if (await isFolder(path)) sources.push(...(await folderSources(path, options)));
    else sources.push({ path, read: () => readFile(path) });
  }
  return sources;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    status => status.isDirectory(),
    () => false,
  );
}

async function folderSources(folder: string, options: ListOptions): Promise<PictureSource[]> {
  const { skipped, isRecursive } = options;
  const before = skipped.folders;
  const found = await listPictures(folder, options);
  if (found.length === 0) {
    const hint = isRecursive || skipped.folders === before ? '' : '; --recursive reads subfolders';
    return [failing(folder, new AppError('folder-empty', `there is no picture in it${hint}`))];
  }
  return found.map(({ path, cause }) =>
    cause === undefined ? { path, read: () => readFile(path) } : failing(path, unreadable(cause)),
  );
}

function failing(path: string, error: AppError): PictureSource {
  return { path, read: () => Promise.reject(error) };
}

async function readFile(path: string): Promise<Uint8Array> {
  const bytes = await readRegularFile(path, maxPictureBytes).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if (bytes.length === 0) throw empty();
  return bytes;
}

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      if (length > maxPictureBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    throw isAppError(cause, 'picture') ? cause : unreadable(cause);
  }
  if (length === 0) throw empty();
  return Buffer.concat(chunks);
}

function empty(): AppError {
  return new AppError('picture-empty', 'it is empty');
}

function tooLarge(): AppError {
  const limit = `${maxPictureBytes / 1024 / 1024} MiB`;
  return new AppError('picture-too-large', `it is larger than ${limit}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  'not-a-regular-file': `it is not a regular file; pipe it to ${stdinName}`,
};

function unreadable(cause: unknown): AppError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code === 'file-too-large') return tooLarge();
  return new AppError('picture-unreadable', reasons[code] ?? message, { cause });
}
