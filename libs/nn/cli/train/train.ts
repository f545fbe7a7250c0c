// nx run nn:train: loads the data, trains a network and saves it as a version with its report. If the
// training is interrupted, a checkpoint is saved.

import type {
  DoneEvent as DoneRecord,
  TrainingEvent as TrainingEventRecord,
  UnsavedEvent,
} from '@digits/protocol';
import type { Style } from '@digits/screen';
import { samplesOfCorrections } from '../../src/data/corrections.ts';
import { chooseKernels } from '../../src/engine/kernels/choose.ts';
import { NnError } from '../../src/errors.ts';
import { ownFolder } from '../../src/registry/models-folder.ts';
import type { SafetensorsContent } from '../../src/registry/safetensors.ts';
import type {
  DoneEvent,
  NetworkEvent,
  TrainingEvent,
  ValidationEvent,
} from '../../src/training/events.ts';
import { train } from '../../src/training/train.ts';
import { type CommandContext, runAsProcess, textStream, writeJsonLine } from '../shared/command.ts';
import { usesWideVectors } from '../shared/environment.ts';
import { type CheckpointKeeper, createCheckpointKeeper } from './checkpoint/keep-checkpoint.ts';
import { runFolderIn } from './checkpoint/run-folder.ts';
import { checkCorrections } from './corrections/check-corrections.ts';
import {
  fetchCorrections,
  joinCorrections,
  type TrainingCorrections,
} from './corrections/corrections.ts';
import { limitForgetting } from './corrections/limit-forgetting.ts';
import { describeData, type TrainingData } from './data/load-training-data.ts';
import { readConfigurationFile } from './plan/configuration-file.ts';
import { parseTrainingOptions } from './plan/options.ts';
import { planTraining } from './plan/plan.ts';
import { loadAndPrepare, type Run, selectCorrections } from './prepare.ts';
import { createTrainingReport, type TrainingReport } from './progress.ts';
import { finishTraining, finishUnsaved } from './version/finish-training.ts';
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
  if (options.dryRun) {
    const plan = await planTraining(options, kernels.kernels, file);
    return void (await checkCorrections(options, plan, kernels.kernels, context));
  }
  const probes = await readProbes(options.probe);
  const fetched = await fetchCorrections(options, context.signal);
  const plan = await planTraining(options, kernels.kernels, file);
  const folder = runFolderIn(ownFolder(out), `${plan.name}-${seed}`);
  if (save) await folder.create();
  const control = createTrainingControl(context.signal, save);
  const style = trainingScreenStyle(context, options, process.env);
  const parts = { context, options, kernels, plan, folder, control, fetched, probes };
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
  const isSaved = options.save;
  return createTrainingScreen({
    ...{ stdin: stdin!, stdout, control, configuration, title, isSaved, style },
  });
}

/** Whatever happens, the report has ended before an error is printed: a screen would hide it. */
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
    await trainAndSave(run, { checkpoint, keeper, observer });
  } catch (error) {
    throw keeper.errorOf(error);
  } finally {
    stopReading();
  }
}

interface RunParts {
  readonly checkpoint: SafetensorsContent | undefined;
  readonly keeper: CheckpointKeeper;
  readonly observer: Observer;
}

async function trainAndSave(run: Run, { checkpoint, keeper, observer }: RunParts): Promise<void> {
  const { context, options, folder, report, fetched, control } = run;
  if (options.resume && options.json) {
    writeJsonLine(context, { type: 'resume', startsOver: checkpoint === undefined });
  }
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
  const { wantsNetwork } = observer;
  for await (const event of startTraining(run, data, corrections, { checkpoint, wantsNetwork })) {
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
        if (options.json) writeJsonLine(context, recordOf(event));
      });
    } else {
      report.show(event);
      if (event.type === 'done') await finish(run, event, data, { corrections, observer });
      else if (options.json) writeJsonLine(context, recordOf(event));
    }
  }
}

function createRunObserver({ context, options, ...run }: Run): Observer {
  const { json, probeEvery } = options;
  const { control, report, probes, isWatched } = run;
  return createObserver({
    probes,
    probeEvery,
    isWatched,
    control,
    emit(event) {
      report.observe(event);
      if (json) writeJsonLine(context, event);
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
  { control: { signal }, options: { seed, threads }, kernels, plan }: Run,
  { training, validation }: TrainingData,
  corrections: TrainingCorrections | undefined,
  {
    checkpoint: resume,
    wantsNetwork,
  }: Pick<RunParts, 'checkpoint'> & Pick<Observer, 'wantsNetwork'>,
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
    resume,
    signal,
    wantsNetwork,
  });
}

/**
 * Saves, and with --watch outlives a failure, for instance of a full disk: the network is still there, and `save`
 * tries again.
 *
 * @returns whether it was saved
 */
async function trySaving(
  { context, options, control, report }: Run,
  save: () => Promise<void>,
): Promise<boolean> {
  try {
    await save();
    return true;
  } catch (error) {
    const isWriteFailure = error instanceof NnError && error.code === 'write-failed';
    if (!options.watch || control.signal.aborted || !isWriteFailure) throw error;
    control.unsave();
    report.print(error.message);
    if (options.json) writeJsonLine(context, { type: 'save-failed', why: error.message });
    return false;
  }
}

/** Saves the network, or only measures it. With --watch, drawings are answered until the training is stopped. */
async function finish(
  run: Run,
  done: DoneEvent,
  data: TrainingData,
  {
    corrections,
    observer,
  }: Pick<RunParts, 'observer'> & {
    readonly corrections: TrainingCorrections | undefined;
  },
): Promise<void> {
  const { context, options, plan, folder, report, control } = run;
  const learnt = corrections && samplesOfCorrections(corrections.trained);
  const forgetting = { ...data, corrections: learnt };
  const limited = limitForgetting(done, plan.champion, forgetting, report.print);
  observer.finish(limited.done.network);
  const trained = { options, plan, data, corrections, ...limited };
  const write = (result: DoneRecord | UnsavedEvent) => {
    if (options.json) writeJsonLine(context, result);
  };
  const save = async () => {
    write(await finishTraining(trained, report.print, context));
    await folder.remove();
  };
  let isSaved = control.isSaved() && (await trySaving(run, save));
  if (!isSaved) write(finishUnsaved(trained, report.print));
  if (!options.watch) return;
  while (!isSaved) {
    await Promise.race([control.whenSaved(), control.whenStopped]);
    if (!control.isSaved()) return;
    isSaved = await trySaving(run, save);
  }
  await control.whenStopped;
}

/** The event for --json, without the arrays of a checkpoint. */
function recordOf(
  event: Exclude<TrainingEvent, DoneEvent | NetworkEvent | ValidationEvent>,
): TrainingEventRecord {
  if (event.type !== 'checkpoint') return event;
  const { content: _, ...record } = event;
  return record;
}
