// The options of nn:bench.

import { InvalidArgumentError } from 'commander';
import { createCommand } from '../shared/command.ts';

export interface BenchCommandOptions {
  readonly peers: boolean;
  readonly profile: boolean;
  readonly runs: number;
  readonly json: boolean;
}

/** @throws CommanderError, its message already printed */
export function parseBenchOptions(argv: readonly string[]): BenchCommandOptions {
  return createCommand('bench', 'Measures kernels, training and inference on this machine.')
    .option('--peers', 'also NumPy, PyTorch and TensorFlow.js, where they are installed', false)
    .option('--profile', 'only where the time of an epoch goes, kernel by kernel', false)
    .option('--runs <number>', 'how often everything is measured', parseRuns, 5)
    .option('--json', 'one JSON document on stdout, the table on stderr', false)
    .parse(argv, { from: 'user' })
    .opts<BenchCommandOptions>();
}

function parseRuns(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
}
