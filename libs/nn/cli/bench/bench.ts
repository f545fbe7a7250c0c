// nx run nn:bench: measures kernels, inference and training, with --peers beside other libraries.
// It judges no one: a figure that is missed is marked, and the exit code stays 0.

import { cpus } from 'node:os';
import { measureGemm } from '../../bench/gemm.ts';
import { measureInference } from '../../bench/inference.ts';
import { measureProfile } from '../../bench/profile.ts';
import type { Session } from '../../bench/session.ts';
import { type Figures, measureTraining } from '../../bench/training.ts';
import { loadMnist, mnistFolder } from '../../src/data/mnist.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { runCommand } from '../shared/command.ts';
import { wideVectors } from '../shared/wide-vectors.ts';
import { type BenchCommandOptions, parseBenchOptions } from './options.ts';
import { benchTable, createBenchProgress } from './table.ts';

await runCommand(async signal => {
  const options = parseBenchOptions(process.argv.slice(2));
  const { runs, json } = options;
  // Before anything is compiled: what is measured is what training and the service use.
  const chosen = chooseKernels(undefined, { wideVectors });
  const { measurements, absent } = await measureAll(options, chosen.kernels, signal);
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    kernels: chosen.description,
  };
  const stream = json ? process.stderr : process.stdout;
  stream.write(
    `${machine.processor}, Node ${machine.node}, ${machine.kernels}, runs: ${runs}\n` +
      `${benchTable(measurements, stream)}\n${absent.map(line => `${line}\n`).join('')}`,
  );
  if (json) process.stdout.write(`${JSON.stringify({ machine, runs, measurements, absent })}\n`);
});

async function measureAll(
  { runs, peers, profile }: BenchCommandOptions,
  kernels: Kernels,
  signal: AbortSignal,
): Promise<Figures> {
  const folder = mnistFolder();
  const { training: images, test } = await loadMnist(folder);
  const progress = createBenchProgress(process.stderr, runs);
  const session: Session = { runs, signal, progress: progress.show };
  try {
    if (profile) {
      return { measurements: await measureProfile(session, kernels, images), absent: [] };
    }
    const gemm = await measureGemm(session, peers);
    const inference = await measureInference(session, test);
    const training = await measureTraining(session, folder, peers);
    return { ...training, measurements: [...gemm, ...inference, ...training.measurements] };
  } finally {
    progress.end();
  }
}
