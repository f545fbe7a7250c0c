// The outputs that an inference request asks for, with their parameters: those of Triton's binary data
// and classification extensions.

import { Problem } from '../problem.ts';
import type { InferenceRequest } from '../schemas/inference.ts';
import { type OutputName, outputNames } from './outputs.ts';

export interface RequestedOutput {
  readonly name: OutputName;
  readonly isBinary: boolean;
  /** Asks for this many of the most probable classes instead of the tensor. */
  readonly classes: number | undefined;
}

type Parameters = Readonly<Record<string, unknown>>;

/**
 * All outputs where none is named. Unknown parameters are hints and are ignored, except those that say
 * where the answer goes.
 *
 * @throws Problem `bad-inference-request` or `unknown-output`
 */
export function readOutputs({ outputs = [], parameters }: InferenceRequest): RequestedOutput[] {
  const areBinary = readBoolean(parameters, 'binary_data_output') ?? false;
  if (outputs.length === 0) {
    return outputNames.map(name => ({ name, isBinary: areBinary, classes: undefined }));
  }
  const requested = outputs.map(output => {
    const name = outputNames.find(known => known === output.name);
    if (!name) {
      throw new Problem('unknown-output', `The outputs are ${outputNames.join(' and ')}.`);
    }
    refuseSharedMemory(output.parameters);
    const isBinary = readBoolean(output.parameters, 'binary_data') ?? areBinary;
    return { name, isBinary, classes: readClasses(name, output.parameters) };
  });
  if (new Set(requested.map(({ name }) => name)).size === requested.length) return requested;
  throw new Problem('bad-inference-request', 'Request each output once.');
}

/** @throws Problem `bad-inference-request` where a tensor is to be in memory that both sides share */
export function refuseSharedMemory(parameters: Parameters = {}): void {
  if (!Object.keys(parameters).some(name => name.startsWith('shared_memory'))) return;
  throw new Problem(
    'bad-inference-request',
    'Shared memory is not supported; send the values in the request.',
  );
}

function readBoolean(parameters: Parameters = {}, name: string): boolean | undefined {
  const value = parameters[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Problem('bad-inference-request', `The parameter "${name}" must be true or false.`);
}

function readClasses(name: OutputName, parameters: Parameters = {}): number | undefined {
  const { classification } = parameters;
  if (classification === undefined) return undefined;
  if (name !== 'probabilities') {
    const detail = `The output "${name}" has no classes: request "probabilities" with "classification".`;
    throw new Problem('bad-inference-request', detail);
  }
  if (Number.isInteger(classification) && (classification as number) > 0) {
    return classification as number;
  }
  const detail = 'The parameter "classification" must be a whole number from 1.';
  throw new Problem('bad-inference-request', detail);
}
