// A models folder with a network of one layer in it, written by hand after the paragraph on model
// files in the design: for tests in which it does not matter what the network knows.
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const metadata = {
  format: 'digits-dense/1',
  layerSizes: '[784,10]',
  preprocessing: 'mnist-fit/1',
  temperature: '1',
  seed: 'none',
  trainedOn: 'nothing',
};

/** The digit that the network sees in everything, and how sure it is of it. */
export const tinyDigit = 7;
export const tinyConfidence = 9 / 10;

/** @returns the path of a new models folder */
export async function writeTinyModel(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-api-'));
  const weight = new Float32Array(784 * 10);
  const bias = new Float32Array(10);
  // 81 times as likely as each of the nine others: 81 / (81 + 9).
  bias[tinyDigit] = Math.log(81);
  const bytes = safetensors(weight, bias);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const champion = { version: 'tiny-1', path: 'tiny.safetensors', sha256 };
  await writeFile(join(folder, champion.path), bytes);
  await writeFile(join(folder, 'champion.json'), JSON.stringify(champion));
  return folder;
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
