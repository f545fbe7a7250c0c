// The model's outputs as tensors of the protocol, in JSON or binary.

import { classCount } from '../inference/classify.ts';
import type { InferenceResult } from './infer.ts';

export const outputNames = ['probabilities', 'digit'] as const;

export type OutputName = (typeof outputNames)[number];

type OrPromise<T> = T | Promise<T>;

export interface Output {
  readonly datatype: string;
  shape(count: number): number[];
  data(inference: InferenceResult): OrPromise<readonly (number | string)[]>;
  /** Little-endian, row-major. */
  bytes(inference: InferenceResult): OrPromise<Buffer>;
}

export const outputs: Readonly<Record<OutputName, Output>> = {
  probabilities: {
    datatype: 'FP32',
    shape: count => [count, classCount],
    data: ({ probabilities }) => Array.from(probabilities),
    bytes: ({ probabilities }) => bytesOf(probabilities),
  },
  digit: {
    datatype: 'INT64',
    shape: count => [count],
    data: ({ digits }) => Array.from(digits),
    bytes: ({ digits }) => bytesOf(BigInt64Array.from(digits, BigInt)),
  },
};

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
