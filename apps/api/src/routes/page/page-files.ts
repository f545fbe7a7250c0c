// The files of the built page: read and compressed when they are first asked for, and kept. After another
// build they are read again.

import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { readRegularFile } from '@digits/files';

export interface PageFile {
  readonly contentType: string;
  /** Weak: one for all codings. */
  readonly etag: string;
  /** By content coding. */
  readonly contents: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>;
}

export type PageFiles = ReadonlyMap<string, PageFile>;

/** The page itself, which refers to the other files. */
export const pageName = 'page.html';

/** Many times what the page has; a larger file is none of it. */
const maxFileBytes = 1024 * 1024;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/**
 * @param folder the one that the page is built into
 * @returns a function that resolves to the files, by name; it rejects where the page is not built
 */
export function keepPageFiles(folder: string): () => Promise<PageFiles> {
  let kept: { readonly builtMs: number; readonly files: Promise<PageFiles> } | undefined;
  return async () => {
    const { mtimeMs: builtMs } = await stat(join(folder, pageName));
    if (kept?.builtMs !== builtMs) kept = { builtMs, files: readFiles(folder) };
    const { files } = kept;
    // The next request tries again.
    files.catch(() => {
      if (kept?.files === files) kept = undefined;
    });
    return files;
  };
}

async function readFiles(folder: string): Promise<PageFiles> {
  const names = (await readdir(folder)).filter(name => extname(name) in contentTypes);
  return new Map(
    await Promise.all(names.map(async name => [name, await readFile(join(folder, name))] as const)),
  );
}

async function readFile(path: string): Promise<PageFile> {
  const identity = await readRegularFile(path, maxFileBytes);
  const [br, gzipped] = await Promise.all([
    promisify(brotliCompress)(identity),
    promisify(gzip)(identity),
  ]);
  return {
    contentType: contentTypes[extname(path)]!,
    etag: `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    contents: { br, gzip: gzipped, identity },
  };
}
