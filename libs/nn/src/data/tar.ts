// The files in a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"): just enough to read
// small archives of plain files. Links, folders and what only extends a header are passed over.

import { NnError } from '../errors.ts';
import type { NamedBytes } from './dataset.ts';

const blockBytes = 512;

/** Where in a header a field is: its first byte, and the one behind it. */
const fields = {
  name: [0, 100],
  size: [124, 136],
  checksum: [148, 156],
  type: [156, 157],
} as const;

/** Both mean a plain file; the second is from before POSIX. */
const plainFile = ['0', '\0'];

/**
 * @param name of the archive, for messages
 * @returns every plain file by its name without folders, as views on the given bytes
 * @throws NnError `data-corrupt` where the archive is cut short, a header is damaged, or two files
 * have one name
 */
export function readTar(bytes: Uint8Array, name: string): NamedBytes[] {
  const files = new Map<string, NamedBytes>();
  let at = 0;
  while (at < bytes.length && !isEndAt(bytes, at)) {
    const header = readHeader(bytes, at, name);
    const from = at + blockBytes;
    const to = from + header.size;
    if (to > bytes.length) throw corrupt(name, `${header.name} is cut short`);
    if (plainFile.includes(header.type)) {
      if (files.has(header.name)) throw corrupt(name, `${header.name} is in it twice`);
      files.set(header.name, { name: `${name}/${header.name}`, bytes: bytes.subarray(from, to) });
    }
    at = from + Math.ceil(header.size / blockBytes) * blockBytes;
  }
  return [...files.values()];
}

/** An archive ends with blocks of nothing. */
function isEndAt(bytes: Uint8Array, at: number): boolean {
  return bytes.subarray(at, at + blockBytes).every(byte => byte === 0);
}

interface Header {
  /** without folders */
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

function readHeader(bytes: Uint8Array, at: number, archive: string): Header {
  const header = bytes.subarray(at, at + blockBytes);
  const text = ([from, to]: readonly [number, number]) =>
    Buffer.from(header.subarray(from, to)).toString('latin1');
  const number = (field: readonly [number, number]) => {
    const octal = text(field)
      .replace(/[\0 ]+$/, '')
      .trimStart();
    return /^[0-7]+$/.test(octal) ? Number.parseInt(octal, 8) : null;
  };
  const size = number(fields.size);
  if (header.length < blockBytes || size === null || number(fields.checksum) !== sumOf(header)) {
    throw corrupt(archive, `there is no header at byte ${at}`);
  }
  const [path = ''] = text(fields.name).split('\0');
  return { name: path.split('/').at(-1)!, size, type: text(fields.type) };
}

/** Of all bytes of a header, its own checksum taken for spaces. */
function sumOf(header: Uint8Array): number {
  const [from, to] = fields.checksum;
  return header.reduce((sum, byte, i) => sum + (i >= from && i < to ? 0x20 : byte), 0);
}

function corrupt(name: string, what: string): NnError {
  return new NnError('data-corrupt', `${name} is no whole tar archive: ${what}`);
}
