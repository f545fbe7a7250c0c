// The speed of a training with its screen in a large window, compared with that of the same training which
// prints lines (--plain). The calling thread is one of the two that train: what it draws, it does not train.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import { inheritedEnvironment } from '../test/end-to-end/support/environment.ts';
import { percentile } from './measure.ts';

const command = fileURLToPath(new URL('../../../libs/nn/cli/train/train.ts', import.meta.url));

/** Both sides in turns. */
const rounds = 6;

/** The network and the images of nn:bench. */
const configuration = {
  layerSizes: [784, 512, 256, 10],
  phases: [{ batchSize: 128, epochs: 3, learningRate: 0.05, schedule: { type: 'constant' } }],
  recipe: { restroked: 0, synthetic: 0, degraded: 0, recorded: 0, pictures: 0, outliers: 0 },
};

export interface Training {
  readonly plainImagesASecond: number;
  readonly screenImagesASecond: number;
  /** Median of the rounds, at least 0.9. */
  readonly speedRatio: number;
  readonly framesASecond: number;
  readonly bytesAFrame: number;
}

interface Side {
  readonly imagesASecond: number;
  readonly framesASecond: number;
  readonly bytesAFrame: number;
}

export async function measureTraining(): Promise<Training> {
  const folder = await mkdtemp(join(tmpdir(), 'digits-bench-'));
  const config = join(folder, 'training.json');
  await writeFile(config, JSON.stringify(configuration));
  const args = ['--profile', 'quick', '--config', config, '--threads', '2', '--no-save'];
  const plain: Side[] = [];
  const screen: Side[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push(await train([...args, '--plain']));
    screen.push(await train(args));
  }
  await rm(folder, { recursive: true });
  const median = (values: readonly number[]) => percentile(values, 0.5);
  return {
    plainImagesASecond: median(plain.map(({ imagesASecond }) => imagesASecond)),
    screenImagesASecond: median(screen.map(({ imagesASecond }) => imagesASecond)),
    speedRatio: median(screen.map((side, i) => side.imagesASecond / plain[i]!.imagesASecond)),
    framesASecond: median(screen.map(({ framesASecond }) => framesASecond)),
    bytesAFrame: median(screen.map(({ bytesAFrame }) => bytesAFrame)),
  };
}

const frameBegins = '\u{1b}[?2026h';

/** The last line before the evaluation, which is not measured. */
const trained = 'Trained in ';

/** Unlike the progress bar it has nothing between the loss and the accuracy. */
const epochLine = /epoch +\d+\/\d+ {2}loss [\d.]+ {2}validation [\d.]+ % {2}([\d,]+) images\/s/g;

/** Trains, and reads the speed of each epoch in the lines, which the screen prints when it closes. */
async function train(args: readonly string[]): Promise<Side> {
  const program = pty.spawn(process.execPath, [command, ...args], {
    name: 'xterm-256color',
    cols: 200,
    rows: 60,
    env: inheritedEnvironment(),
  });
  // Searching all that is written with each chunk would take the processor from the training.
  const chunks: string[] = [];
  let end = '';
  const frames: number[] = [];
  program.onData(output => {
    chunks.push(output);
    end = end.slice(-trained.length) + output;
    if (end.includes(frameBegins)) frames.push(performance.now());
    if (end.includes(trained)) program.kill('SIGKILL');
  });
  await new Promise<void>(resolve => program.onExit(() => resolve()));
  const written = chunks.join('');
  const speeds = [...written.matchAll(epochLine)].map(([, speed]) =>
    Number(speed!.replaceAll(',', '')),
  );
  if (speeds.length === 0) throw new Error(`The training failed:\n${written}`);
  const count = written.split(frameBegins).length - 1;
  const seconds = (frames.at(-1)! - frames[0]!) / 1000;
  return {
    imagesASecond: percentile(speeds, 0.5),
    framesASecond: count / seconds,
    bytesAFrame: Buffer.byteLength(written) / count,
  };
}
