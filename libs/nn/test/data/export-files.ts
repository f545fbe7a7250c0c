// A service's export of corrections, as its three files or one archive of them.

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { preprocessing } from '../../src/preprocess/preprocess.ts';
import { idxBytes, imageMagic, labelMagic } from './idx-bytes.ts';

export interface TestCorrection {
  readonly label: number;
  /** [784] */
  readonly picture: Uint8Array;
  /** fields that replace those made from the picture */
  readonly manifest?: Record<string, unknown>;
}

export type ExportFiles = Record<string, Uint8Array>;

export function exportFiles(corrections: readonly TestCorrection[]): ExportFiles {
  const count = corrections.length;
  const lines = corrections.map(({ label, picture, manifest }, index) =>
    JSON.stringify({
      index,
      id: `id-${index}`,
      label,
      source: 'correction',
      input: { sha256: createHash('sha256').update(picture).digest('hex') },
      createdAt: new Date(Date.UTC(2026, 2, 14) + 1000 * index).toISOString(),
      preprocessing,
      ...manifest,
    }),
  );
  return {
    'train-images-idx3-ubyte': idxBytes(
      imageMagic,
      [count, 28, 28],
      Buffer.concat(corrections.map(({ picture }) => picture)),
    ),
    'train-labels-idx1-ubyte': idxBytes(
      labelMagic,
      [count],
      corrections.map(({ label }) => label),
    ),
    'manifest.jsonl': Buffer.from(lines.map(line => `${line}\n`).join('')),
  };
}

export async function writeExport(folder: string, files: ExportFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
}

/** Packs the files as tar-stream does, which the service uses. */
export function tarBytes(files: ExportFiles): Buffer {
  const parts = Object.entries(files).flatMap(([name, bytes]) => [
    tarHeader(name, bytes.length),
    Buffer.from(bytes),
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function tarHeader(name: string, size: number, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('000644 \0', 100);
  header.write(`${size.toString(8).padStart(11, '0')} `, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
