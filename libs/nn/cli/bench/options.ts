// The options of nn:bench.

import { InvalidArgumentError } from 'commander';
import { type CommandOutput, createCommand } from '../shared/command.ts';

/** The parsed options of nn:bench. */
export interface BenchCommandOptions {
  readonly peers: boolean;
  readonly profile: boolean;
  readonly steps: boolean;
  readonly runs: number;
  readonly json: boolean;
}

/** Parses the options. @throws CommanderError after printing its message */
export function parseBenchOptions(
  args: readonly string[],
  output: CommandOutput = process,
): BenchCommandOptions {
  return createCommand('bench', 'Measures kernels, training and inference on this machine.', output)
    .option('--peers', 'also measure NumPy, PyTorch and TensorFlow.js, where installed', false)
    .option('--profile', 'only the time of an epoch, kernel by kernel', false)
    .option('--steps', 'only the steps from plain loops to the kernels', false)
    .option('--runs <number>', 'repetitions of every measurement', parseRuns, 5)
    .option('--json', 'one JSON document on stdout, the table on stderr', false)
    .parse(args, { from: 'user' })
    .opts<BenchCommandOptions>();
}

function parseRuns(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 999.');
}
