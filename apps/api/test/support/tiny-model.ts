// Writes models folders with a network of one layer, encoded independently of nn, for tests in which
// the network's knowledge does not matter.

import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preprocessing } from '@digits/nn';

const metadata = {
  format: 'digits-dense/1',
  layerSizes: '[784,10]',
  preprocessing,
  temperature: '1',
  seed: 'none',
  trainedOn: 'nothing',
};

/** The digit that the network predicts for every picture, and its confidence. */
export const tinyDigit = 7;
export const tinyConfidence = 9 / 10;

/** @returns the path of a new models folder, with a champion */
export async function writeTinyModel(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  const bytes = tinyModel(tinyDigit);
  const champion = { version: 'tiny-1', path: 'tiny.safetensors', sha256: sha256Of(bytes) };
  await writeFile(join(folder, champion.path), bytes);
  await writeFile(join(folder, 'champion.json'), JSON.stringify(champion));
  return folder;
}

/** Adds a version that predicts another digit for every picture. */
export async function writeTinyVersion(folder: string, version: string, digit: number) {
  const path = `${version}/model.safetensors`;
  const bytes = tinyModel(digit);
  await mkdir(join(folder, version), { recursive: true });
  // Renamed into place, as a trainer does, so that no partial file is read.
  await writeFile(join(folder, `${version}.next`), bytes);
  await rename(join(folder, `${version}.next`), join(folder, path));
  return { version, path, sha256: sha256Of(bytes) };
}

/** Renames champion.json over the old one. */
export async function promote(folder: string, champion: object): Promise<void> {
  await writeFile(join(folder, 'next.json'), JSON.stringify(champion));
  await rename(join(folder, 'next.json'), join(folder, 'champion.json'));
}

function tinyModel(digit: number): Buffer {
  const bias = new Float32Array(10);
  // 81 times as likely as each of the nine others: 81 / (81 + 9).
  bias[digit] = Math.log(81);
  return safetensors(new Float32Array(784 * 10), bias);
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function safetensors(weight: Float32Array, bias: Float32Array): Buffer {
  const end = weight.byteLength + bias.byteLength;
  const header = JSON.stringify({
    __metadata__: metadata,
    'layers.0.weight': { dtype: 'F32', shape: [784, 10], data_offsets: [0, weight.byteLength] },
    'layers.0.bias': { dtype: 'F32', shape: [10], data_offsets: [weight.byteLength, end] },
  });
  const padded = Buffer.from(header.padEnd(Math.ceil(header.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, Buffer.from(weight.buffer), Buffer.from(bias.buffer)]);
}

const realModels = fileURLToPath(new URL('../../../../models', import.meta.url));

/**
 * Promotes the repository's champion in a folder.
 * Like a trainer, it copies the model, then renames champion.json over the old one.
 *
 * @returns its version
 */
export async function promoteRealModel(folder: string): Promise<string> {
  await cp(realModels, folder, { recursive: true, filter: path => !path.endsWith('.json') });
  const champion = JSON.parse(await readFile(join(realModels, 'champion.json'), 'utf8'));
  await promote(folder, champion);
  return champion.version;
}
