// nx run nn:bench: measures kernels, inference and training; with --peers also other libraries. Missed
// goals are marked but do not change the exit code.

import { cpus } from 'node:os';
import { loadMnist, mnistFolder } from '../../src/data/mnist.ts';
import { type ChosenKernels, chooseKernels } from '../../src/engine/kernels/choose.ts';
import { type CommandContext, runAsProcess, textStream, writeJsonLine } from '../shared/command.ts';
import { usesWideVectors } from '../shared/environment.ts';
import { measureGemm } from './gemm.ts';
import { measureInference } from './inference.ts';
import type { Session } from './measurement.ts';
import { type BenchCommandOptions, parseBenchOptions } from './options.ts';
import { measureProfile } from './profile.ts';
import { measureSteps } from './steps.ts';
import { benchTable, createBenchProgress } from './table.ts';
import { type Figures, measureTraining } from './training.ts';

if (import.meta.main) await runAsProcess(benchCommand);

/** Runs the benchmarks and prints a table. @throws CommanderError for invalid options */
export async function benchCommand(context: CommandContext): Promise<undefined> {
  const options = parseBenchOptions(context.args, context);
  const { runs, json } = options;
  const { chosen, measurements, absent } = await measureAll(options, context);
  const machine = {
    processor: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    kernels: chosen.description,
  };
  const text = textStream(context, json);
  text.write(
    `${machine.processor}, Node ${machine.node}, ${machine.kernels}, runs: ${runs}\n` +
      `${benchTable(measurements, text)}\n${absent.map(line => `${line}\n`).join('')}`,
  );
  if (json) writeJsonLine(context, { machine, runs, measurements, absent });
}

async function measureAll(
  { runs, peers, profile, steps }: BenchCommandOptions,
  { stderr, signal }: CommandContext,
): Promise<Figures & { readonly chosen: ChosenKernels }> {
  const folder = mnistFolder();
  const { training: images, test } = await loadMnist(folder);
  const progress = createBenchProgress(stderr, runs);
  const session: Session = { runs, signal, progress: progress.show };
  try {
    // The steps are measured before vectors are widened, everything else after it.
    const ofSteps = steps ? await measureSteps(session, test, folder) : undefined;
    // The same kernels as in training and the service.
    const chosen = chooseKernels(undefined, { wideVectors: usesWideVectors() });
    if (ofSteps) return { chosen, measurements: ofSteps, absent: [] };
    if (profile) {
      const measurements = await measureProfile(session, chosen.kernels, images);
      return { chosen, measurements, absent: [] };
    }
    const gemm = await measureGemm(session, peers);
    const inference = await measureInference(session, test);
    const training = await measureTraining(session, folder, peers);
    return { ...training, chosen, measurements: [...gemm, ...inference, ...training.measurements] };
  } finally {
    progress.end();
  }
}
