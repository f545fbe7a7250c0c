// nx run nn:train: reads the data, trains, and leaves a model with its report; a checkpoint where
// it was interrupted.
import { type Dataset, splitForValidation } from '../src/data/dataset.ts';
import { loadIdxFolder } from '../src/data/idx-folder.ts';
import { loadMnist } from '../src/data/mnist.ts';
import { prepareSamples } from '../src/data/samples.ts';
import { chooseKernels } from '../src/kernels/choose.ts';
import { wholeNumber } from '../src/report/numbers.ts';
import type { CheckpointEvent, TrainingEvent } from '../src/train/events.ts';
import { profiles } from '../src/train/profiles.ts';
import { train } from '../src/train/train.ts';
import { runCommand } from './command.ts';
import { finishTraining } from './finish-training.ts';
import { openRunFolder } from './run-folder.ts';
import { describeCommand, parseTrainingOptions } from './training-options.ts';
import { createTrainingReport } from './training-report.ts';
import { wideVectors } from './wide-vectors.ts';

await runCommand(async signal => {
  const options = parseTrainingOptions(process.argv.slice(2));
  const { profile, seed, resume, threads } = options;
  const run = await openRunFolder(options.out, `${profile}-${seed}`);
  const checkpoint = resume ? await run.load() : undefined;
  const data = options.data === null ? await loadMnist() : await loadIdxFolder(options.data);
  const { training, validation } = splitForValidation(data.training);
  const configuration = profiles[profile];
  const { kernels, description, fallback } = chooseKernels(undefined, {
    isShared: threads > 1,
    wideVectors,
  });

  const stream = options.json ? process.stderr : process.stdout;
  const report = createTrainingReport(stream, configuration, training.count);
  if (fallback !== null) report.say(fallback);
  report.say(
    `${configuration.layerSizes.join('-')} on ${describeData(training, validation)} · ` +
      `profile ${profile}, seed ${seed}, kernels ${description}, threads: ${threads}`,
  );
  if (!resume && (await run.putAside())) {
    report.say('An unfinished run was here: its checkpoint is put aside, --resume would go on.');
  }

  let saved: CheckpointEvent | null = null;
  let isDone = false;
  try {
    const samples = { training: prepareSamples(training), validation: prepareSamples(validation) };
    const events = train({
      configuration,
      seed,
      kernels,
      threads,
      ...samples,
      resume: checkpoint,
      signal,
    });
    for await (const event of events) {
      report.show(event);
      if (event.type === 'checkpoint') {
        await run.save(event.content);
        saved = event;
      }
      if (options.json) emit(event);
      if (event.type === 'done') {
        isDone = true;
        const result = await finishTraining(options, data, samples.validation, event, report.say);
        await run.remove();
        if (options.json) process.stdout.write(`${JSON.stringify({ type: 'done', ...result })}\n`);
      }
    }
  } finally {
    report.end();
    if (saved && !isDone) {
      report.say(
        `Checkpoint written in epoch ${saved.epoch} of phase ${saved.phase}. To go on:\n` +
          `  ${describeCommand(options)} --resume`,
      );
    }
  }
});

function describeData(training: Dataset, validation: Dataset): string {
  return `${wholeNumber(training.count)} ${training.name}, ${wholeNumber(validation.count)} to validate`;
}

/** One line of JSON; the arrays of a checkpoint and of the finished network stay out of it. */
function emit(event: TrainingEvent): void {
  if (event.type === 'done') return;
  const { content: _, ...told } = { content: null, ...event };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
