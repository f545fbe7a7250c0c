// nx run nn:bench: measures kernels, inference and training, with --peers beside other libraries.
// It judges no one: a figure that is missed is marked, and the exit code stays 0.
import { cpus } from 'node:os';
import { measureGemm } from '../bench/gemm.ts';
import { measureInference } from '../bench/inference.ts';
import type { Session } from '../bench/session.ts';
import { type Figures, measureTraining } from '../bench/training.ts';
import { loadMnist, mnistFolder } from '../src/data/mnist.ts';
import { parseBenchOptions } from './bench-options.ts';
import { benchTable, createBenchProgress } from './bench-table.ts';
import { runCommand } from './command.ts';

await runCommand(async signal => {
  const { peers, runs, json } = parseBenchOptions(process.argv.slice(2));
  const { measurements, absent } = await measureAll(runs, peers, signal);
  const machine = { processor: cpus()[0]?.model ?? 'unknown', node: process.version };
  const stream = json ? process.stderr : process.stdout;
  stream.write(
    `${machine.processor}, Node ${machine.node}, runs: ${runs}\n` +
      `${benchTable(measurements, stream)}\n${absent.map(line => `${line}\n`).join('')}`,
  );
  if (json) process.stdout.write(`${JSON.stringify({ machine, runs, measurements, absent })}\n`);
});

async function measureAll(runs: number, peers: boolean, signal: AbortSignal): Promise<Figures> {
  const folder = mnistFolder();
  const { test } = await loadMnist(folder);
  const progress = createBenchProgress(process.stderr, runs);
  const session: Session = { runs, signal, progress: progress.show };
  try {
    const gemm = await measureGemm(session);
    const inference = await measureInference(session, test);
    const training = await measureTraining(session, folder, peers);
    return { ...training, measurements: [...gemm, inference, ...training.measurements] };
  } finally {
    progress.end();
  }
}
