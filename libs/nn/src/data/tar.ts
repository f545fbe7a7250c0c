// Reader for small tar archives of plain files (POSIX.1-2017, pax, "ustar Interchange Format").
// Links, folders and extended headers are skipped.

import { NnError } from '../errors.ts';
import type { NamedBytes } from './dataset.ts';

const blockBytes = 512;

/** Byte ranges of the header's fields, the end exclusive. */
const fields = {
  name: [0, 100],
  size: [124, 136],
  checksum: [148, 156],
  type: [156, 157],
} as const;

/** Type flags of a plain file; the second is from pre-POSIX archives. */
const plainFileTypes = ['0', '\0'];

/**
 * Reads all plain files of an archive.
 *
 * @param name of the archive, for error messages
 * @returns every plain file by its name without folders, as views on the given bytes
 * @throws NnError `data-corrupt` if the archive is truncated, a header is invalid, or two files
 * have the same name
 */
export function readTar(bytes: Uint8Array, name: string): NamedBytes[] {
  const files = new Map<string, NamedBytes>();
  let at = 0;
  while (at < bytes.length && !isEndAt(bytes, at)) {
    const header = readHeader(bytes, at, name);
    const from = at + blockBytes;
    const to = from + header.size;
    if (to > bytes.length) throw corrupt(name, `${header.name} is truncated`);
    if (plainFileTypes.includes(header.type)) {
      if (files.has(header.name)) throw corrupt(name, `it contains ${header.name} twice`);
      files.set(header.name, { name: `${name}/${header.name}`, bytes: bytes.subarray(from, to) });
    }
    at = from + Math.ceil(header.size / blockBytes) * blockBytes;
  }
  return [...files.values()];
}

/** An archive ends with blocks of zeros. */
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
  if (
    header.length < blockBytes ||
    size === null ||
    number(fields.checksum) !== checksumOf(header)
  ) {
    throw corrupt(archive, `there is no header at byte ${at}`);
  }
  const [path = ''] = text(fields.name).split('\0');
  return { name: path.split('/').at(-1)!, size, type: text(fields.type) };
}

/** Sum of the header's bytes, with spaces in place of the checksum field. */
function checksumOf(header: Uint8Array): number {
  const [from, to] = fields.checksum;
  return header.reduce((sum, byte, i) => sum + (i >= from && i < to ? 0x20 : byte), 0);
}

function corrupt(name: string, what: string): NnError {
  return new NnError('data-corrupt', `${name} is not a complete tar archive: ${what}`);
}
