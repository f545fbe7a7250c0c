// nx run nn:train: reads the data, trains, and leaves a model with its report; a checkpoint where
// it was interrupted.

import { samplesOfCorrections } from '../../src/data/corrections.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { loadChampion } from '../../src/registry/champion.ts';
import type { CheckpointEvent, TrainingEvent } from '../../src/training/events.ts';
import { train } from '../../src/training/train.ts';
import { runCommand } from '../shared/command.ts';
import { wideVectors } from '../shared/wide-vectors.ts';
import {
  describeCorrections,
  type FetchedCorrections,
  fetchCorrections,
  joinCorrections,
  judgeCorrections,
} from './corrections.ts';
import { finishTraining } from './finish-training.ts';
import { keepWhatWasKnown } from './limit-forgetting.ts';
import { describeData, loadTrainingData } from './load-training-data.ts';
import { describeCommand, parseTrainingOptions, type TrainingCommandOptions } from './options.ts';
import { planTraining, type TrainingPlan } from './plan.ts';
import { createTrainingReport, type TrainingReport } from './progress.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';

await runCommand(async signal => {
  const options = parseTrainingOptions(process.argv.slice(2));
  const { seed, resume, threads } = options;
  const { kernels, description, fallback } = chooseKernels(undefined, {
    isShared: threads > 1,
    wideVectors,
  });
  const fetched = await fetchCorrections(options, signal);
  const plan = await planTraining(options, kernels);
  const run = await openRunFolder(options.out, `${plan.name}-${seed}`);
  const checkpoint = resume ? await run.load() : undefined;

  const stream = options.json ? process.stderr : process.stdout;
  const report = createTrainingReport(stream, plan.configuration);
  if (fallback !== null) report.say(fallback);
  let saved: CheckpointEvent | null = null;
  let isDone = false;
  try {
    const data = await loadTrainingData(options, report.showDrawing, signal, plan);
    report.say(
      `${plan.configuration.layerSizes.join('-')} · profile ${plan.name}, seed ${seed}, ` +
        `kernels ${description}, threads: ${threads}`,
    );
    if (plan.champion) report.say(`Begins with the weights of ${plan.champion.version}.`);
    if (plan.teachers.length > 0) {
      const versions = plan.teachers.map(({ version }) => version);
      report.say(`Learns what ${versions.join(' and ')} would answer.`);
    }
    if (!resume && (await run.putAside())) {
      report.say('An unfinished run was here: its checkpoint is put aside, --resume would go on.');
    }
    report.say(describeData(data));
    const judging = { options, plan, run, report };
    const corrections = fetched && (await judge(fetched, data.training, judging));
    const { training, validation } = data;
    const events = train({
      configuration: plan.configuration,
      seed,
      kernels,
      threads,
      training: corrections ? joinCorrections(training, corrections) : training,
      validation,
      initial: plan.champion?.model.network,
      teachers: plan.teachers.map(({ model }) => model.network),
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
        const learnt = corrections && samplesOfCorrections(corrections.trained);
        const kept = keepWhatWasKnown(event, plan, data, learnt, report.say);
        const trained = { options, plan, data, corrections, ...kept };
        const result = await finishTraining(trained, report.say, signal);
        await run.remove();
        if (options.json) tell({ type: 'done', ...result });
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

interface Judging {
  readonly options: TrainingCommandOptions;
  readonly plan: TrainingPlan;
  readonly run: RunFolder;
  readonly report: TrainingReport;
}

/** Sorts out what looks wrong, and tells what is left. */
async function judge(
  fetched: FetchedCorrections,
  training: Parameters<typeof joinCorrections>[0],
  { options, plan, run, report }: Judging,
) {
  const champion = plan.champion ?? (await loadChampion(options.out).catch(() => null));
  if (!champion)
    report.say('There is no champion to doubt the corrections: all of them are taken.');
  const judged = await judgeCorrections(fetched, options, champion, training, run.path);
  for (const line of describeCorrections(judged)) report.say(line);
  const { source, trained, heldOut, doubtful, page } = judged;
  const counts = { trained: trained.length, heldOut: heldOut.length };
  const count = fetched.learnable.length + heldOut.length;
  if (options.json) tell({ type: 'corrections', source, count, ...counts, doubtful, page });
  return judged;
}

/** One line of JSON; the arrays of a checkpoint and of the finished network stay out of it. */
function emit(event: TrainingEvent): void {
  if (event.type === 'done') return;
  const { content: _, ...told } = { content: null, ...event };
  tell(told);
}

function tell(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
