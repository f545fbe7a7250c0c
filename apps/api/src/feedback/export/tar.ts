// Files as a tar stream, made no faster than they are read.

import { type Pack, pack } from 'tar-stream';
import type { ArchiveFile } from './archive-entry.ts';

/** Chunks are gathered to this many bytes: a row's few at a time would cost a turn of the loop each. */
const minChunkBytes = 64 * 1024;

/**
 * @param entries asked for one by one, and told when no more are wanted
 * @param onEnd called once, however the stream ends
 */
export function createTar(entries: Iterable<ArchiveFile>, onEnd: () => void): Pack {
  const archive = pack();
  writeAll(archive, entries)
    .catch(error => archive.destroy(error))
    .finally(onEnd);
  return archive;
}

async function writeAll(archive: Pack, entries: Iterable<ArchiveFile>): Promise<void> {
  for (const entry of entries) {
    await writeEntry(archive, entry);
    if (isGone(archive)) return;
  }
  archive.finalize();
}

async function writeEntry(
  archive: Pack,
  { name, size, modifiedAt, chunks }: ArchiveFile,
): Promise<void> {
  const sink = archive.entry({ name, size, mtime: modifiedAt });
  const closed = new Promise<void>(resolve => sink.once('close', () => resolve()));
  // What a sink fails for is told by the archive, which it takes along.
  sink.on('error', () => {});
  for (const chunk of coalesceChunks(chunks)) {
    if (!sink.write(chunk)) await drainedOrClosed(sink);
    if (isGone(archive)) return;
  }
  sink.end(null);
  await closed;
}

function* coalesceChunks(chunks: Iterable<Uint8Array>): Generator<Buffer> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    gathered.push(chunk);
    bytes += chunk.length;
    if (bytes >= minChunkBytes) {
      yield Buffer.concat(gathered);
      gathered = [];
      bytes = 0;
    }
  }
  if (bytes > 0) yield Buffer.concat(gathered);
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

/** `destroyed` comes some turns of the loop after the archive was told. */
function isGone(archive: Pack): boolean {
  return archive.destroying;
}
