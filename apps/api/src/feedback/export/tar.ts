// Writes files to a tar stream, no faster than it is read.

import { type Pack, pack } from 'tar-stream';

export interface ArchiveFile {
  readonly name: string;
  /** Total length of the chunks; the tar header, which precedes them, contains it. */
  readonly size: number;
  readonly modifiedAt: Date;
  /** Generated one by one as the stream is read. */
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Chunks are joined to this many bytes: each write takes a turn of the event loop. */
const minWriteBytes = 64 * 1024;

export interface TarEvents {
  /** Converts an error of the files, with which the stream is destroyed. */
  onError?(error: unknown): Error;
  /** Called once, however the stream ends. */
  onEnd(): void;
}

/**
 * @param files iterated as the stream is read; the iterator is closed when the stream is destroyed
 */
export function createTar(
  files: Iterable<ArchiveFile> | AsyncIterable<ArchiveFile>,
  { onError = error => error as Error, onEnd }: TarEvents,
): Pack {
  const archive = pack();
  writeAll(archive, files)
    .catch(error => archive.destroy(onError(error)))
    .finally(onEnd);
  return archive;
}

async function writeAll(
  archive: Pack,
  files: Iterable<ArchiveFile> | AsyncIterable<ArchiveFile>,
): Promise<void> {
  for await (const file of files) {
    await writeFile(archive, file);
    if (isDestroyed(archive)) return;
  }
  archive.finalize();
}

async function writeFile(
  archive: Pack,
  { name, size, modifiedAt, chunks }: ArchiveFile,
): Promise<void> {
  const sink = archive.entry({ name, size, mtime: modifiedAt });
  const closed = new Promise<void>(resolve => sink.once('close', () => resolve()));
  // An error of the sink destroys the archive, which reports it.
  sink.on('error', () => {});
  for await (const chunk of coalesceChunks(chunks)) {
    if (!sink.write(chunk)) await drainedOrClosed(sink);
    if (isDestroyed(archive)) return;
  }
  sink.end(null);
  await closed;
}

async function* coalesceChunks(chunks: ArchiveFile['chunks']): AsyncGenerator<Buffer> {
  let buffered: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    buffered.push(chunk);
    bytes += chunk.length;
    if (bytes >= minWriteBytes) {
      yield Buffer.concat(buffered);
      buffered = [];
      bytes = 0;
    }
  }
  if (bytes > 0) yield Buffer.concat(buffered);
}

function drainedOrClosed(sink: ReturnType<Pack['entry']>): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      sink.off('drain', done);
      sink.off('close', done);
      resolve();
    };
    sink.on('drain', done);
    sink.on('close', done);
  });
}

/** `destroyed` is set some turns of the event loop after `destroy()` was called. */
function isDestroyed(archive: Pack): boolean {
  return archive.destroying;
}
