// nx run nn:train: loads the data, trains a network and saves it as a version with its report. If the
// training is interrupted, a checkpoint is saved.

import type { TrainingEvent as TrainingEventRecord } from '@digits/protocol';
import type { Style } from '@digits/screen';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { ownFolder } from '../../src/registry/models-folder.ts';
import type {
  DoneEvent,
  NetworkEvent,
  TrainingEvent,
  ValidationEvent,
} from '../../src/training/events.ts';
import { train } from '../../src/training/train.ts';
import { type CommandContext, runAsProcess, textStream } from '../shared/command.ts';
import { usesWideVectors } from '../shared/environment.ts';
import { createCheckpointKeeper } from './checkpoint/keep-checkpoint.ts';
import { runFolderIn } from './checkpoint/run-folder.ts';
import { checkCorrections } from './corrections/check-corrections.ts';
import {
  fetchCorrections,
  joinCorrections,
  type TrainingCorrections,
} from './corrections/corrections.ts';
import { loadOwnImages } from './data/load-images.ts';
import { describeData, type TrainingData } from './data/load-training-data.ts';
import { readConfigurationFile } from './plan/configuration-file.ts';
import { parseTrainingOptions } from './plan/options.ts';
import { planTraining } from './plan/plan.ts';
import { loadAndPrepare, selectCorrections } from './prepare.ts';
import { createTrainingReport, type TrainingReport } from './progress.ts';
import { type Run, type StartedRun, writeEvent } from './run.ts';
import { saveTrained, trySaving } from './save-trained.ts';
import { createTrainingControl } from './watch/control.ts';
import { createObserver, type Observer } from './watch/observer.ts';
import { readProbes } from './watch/probes.ts';
import { readCommands } from './watch/read-commands.ts';
import { createTrainingScreen, trainingScreenStyle } from './watch/training-screen.ts';

if (import.meta.main) await runAsProcess(trainCommand);

/**
 * Runs the command.
 *
 * @throws CommanderError for invalid options; NnError for unusable data, models or configuration files;
 * NothingToDo if there are no corrections to train on
 */
export async function trainCommand(context: CommandContext): Promise<undefined> {
  const options = parseTrainingOptions(context.args, context);
  const { seed, threads, config, out, save } = options;
  const kernels = chooseKernels(undefined, {
    isShared: threads > 1,
    wideVectors: usesWideVectors(),
  });
  const file = config === null ? undefined : await readConfigurationFile(config);
  const images = await loadOwnImages(options);
  if (options.dryRun) {
    const plan = await planTraining(options, kernels.kernels, { file, form: images?.form });
    return void (await checkCorrections(options, plan, kernels.kernels, context));
  }
  const probes = await readProbes(options.probe);
  const fetched = await fetchCorrections(options, context.signal);
  const plan = await planTraining(options, kernels.kernels, { file, form: images?.form });
  const folder = runFolderIn(ownFolder(out), `${plan.name}-${seed}`);
  if (save) await folder.create();
  const control = createTrainingControl(context.signal, save);
  const style = trainingScreenStyle(context, options, process.env);
  const parts = { context, options, kernels, plan, images, folder, control, fetched, probes };
  const report = style
    ? openScreen(parts, style)
    : createTrainingReport(textStream(context, options.json), plan.configuration);
  const isWatched = options.watch || style !== undefined;
  await runTraining({ ...parts, report, isWatched });
}

function openScreen(
  { context, options, plan, control }: Pick<Run, 'context' | 'options' | 'plan' | 'control'>,
  style: Style,
): TrainingReport {
  const { stdin, stdout } = context;
  const { configuration, name } = plan;
  const title = `${configuration.layerSizes.join('-')} · profile ${name}, seed ${options.seed}`;
  return createTrainingScreen({ stdin: stdin!, stdout, control, configuration, title, style });
}

/** Ends the report before an error is printed, which a screen would hide. */
async function runTraining(run: Run): Promise<void> {
  try {
    await trainUntilSaved(run);
  } finally {
    run.report.end();
  }
}

async function trainUntilSaved(run: Run): Promise<void> {
  const { options, folder, report, control } = run;
  const checkpoint = options.resume ? await folder.load() : undefined;
  if (run.kernels.fallback !== undefined) report.print(run.kernels.fallback);
  const keeper = createCheckpointKeeper({
    ...{ options, folder, isResumed: checkpoint !== undefined },
    ...{ signal: control.signal, print: report.print },
  });
  const observer = createRunObserver(run);
  const stopReading = listenToCommands(run, observer);
  try {
    await trainAndSave({ ...run, checkpoint, keeper, observer });
  } catch (error) {
    throw keeper.errorOf(error);
  } finally {
    stopReading();
  }
}

async function trainAndSave(run: StartedRun): Promise<void> {
  const { options, folder, report, fetched, control, checkpoint, keeper, observer } = run;
  if (options.resume) writeEvent(run, { type: 'resume', startsOver: checkpoint === undefined });
  const data = await loadAndPrepare(run);
  if (options.resume && checkpoint === undefined) {
    report.print('This run has no checkpoint to continue from: it starts over.');
  }
  if (options.save && !options.resume && (await folder.backUp())) {
    report.print(
      'The checkpoint of an unfinished run was renamed; to continue one, start with --resume.',
    );
  }
  report.print(describeData(data));
  const corrections = fetched && (await selectCorrections(run, fetched, data));
  for await (const event of startTraining(run, data, corrections)) {
    if (event.type === 'network') {
      observer.observe(event);
      await control.whenRunning();
    } else if (event.type === 'validation') {
      observer.validated(event, data.validation);
    } else if (event.type === 'checkpoint') {
      if (!control.isSaved()) continue;
      await trySaving(run, async () => {
        report.show(event);
        await keeper.keep(event, data);
        writeEvent(run, recordOf(event));
      });
    } else {
      report.show(event);
      if (event.type === 'done') await saveTrained(run, event, data, corrections);
      else writeEvent(run, recordOf(event));
    }
  }
}

function createRunObserver(run: Run): Observer {
  const { options, control, report, probes, images, isWatched } = run;
  return createObserver({
    probes,
    probeEvery: options.probeEvery,
    isWatched,
    form: images?.form,
    control,
    emit(event) {
      report.observe(event);
      writeEvent(run, event);
    },
  });
}

/** Reads the commands of --watch. @returns stops reading */
function listenToCommands(
  { context: { stdin }, options: { watch }, control, report }: Run,
  observer: Observer,
): () => void {
  if (!watch || !stdin) return () => {};
  return readCommands(stdin, { control, observer, print: report.print });
}

function startTraining(
  { control, options: { seed, threads }, kernels, plan, checkpoint, observer }: StartedRun,
  { training, validation }: TrainingData,
  corrections: TrainingCorrections | undefined,
) {
  return train({
    configuration: plan.configuration,
    seed,
    kernels: kernels.kernels,
    threads,
    training: corrections ? joinCorrections(training, corrections) : training,
    validation,
    initial: plan.initial?.model.network,
    teachers: plan.teachers.map(({ model }) => model.network),
    resume: checkpoint,
    signal: control.signal,
    wantsNetwork: observer.wantsNetwork,
  });
}

/** The event for --json, without the arrays of a checkpoint. */
function recordOf(
  event: Exclude<TrainingEvent, DoneEvent | NetworkEvent | ValidationEvent>,
): TrainingEventRecord {
  if (event.type !== 'checkpoint') return event;
  const { content: _, ...record } = event;
  return record;
}
