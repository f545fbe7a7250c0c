// nx run nn:train: loads the data, trains a network and saves it as a version with its report. If the
// training is interrupted, a checkpoint is saved.

import type { SynthesisEvent, TrainingEvent as TrainingEventRecord } from '@digits/protocol';
import { samplesOfCorrections } from '../../src/data/corrections.ts';
import { type ChosenKernels, chooseKernels } from '../../src/engine/kernels/choose.ts';
import { loadChampion } from '../../src/registry/champion.ts';
import { ownFolder } from '../../src/registry/models-folder.ts';
import type { SafetensorsContent } from '../../src/registry/safetensors.ts';
import type { DoneEvent, TrainingEvent } from '../../src/training/events.ts';
import { train } from '../../src/training/train.ts';
import {
  type CommandContext,
  Interrupted,
  runAsProcess,
  textStream,
  writeJsonLine,
} from '../shared/command.ts';
import { usesWideVectors } from '../shared/environment.ts';
import { dataName, loadData } from '../shared/sources.ts';
import { nameOfValidationSamples } from '../shared/validation-set.ts';
import { checkCorrections } from './check-corrections.ts';
import { readConfigurationFile } from './configuration-file.ts';
import {
  correctionsEvent,
  describeCorrections,
  type FetchedCorrections,
  fetchCorrections,
  joinCorrections,
  leaveOutSuspects,
  type TrainingCorrections,
} from './corrections.ts';
import { finishTraining } from './finish-training.ts';
import { limitForgetting } from './limit-forgetting.ts';
import { describeData, prepareTrainingData, type TrainingData } from './load-training-data.ts';
import { describeCommand, parseTrainingOptions, type TrainingCommandOptions } from './options.ts';
import { planTraining, type TrainingPlan } from './plan.ts';
import { thinOut } from './preparation-step.ts';
import { createTrainingReport, type TrainingReport } from './progress.ts';
import { openRunFolder, type RunFolder } from './run-folder.ts';

/** The data that all steps of the command use. */
interface Run {
  readonly context: CommandContext;
  readonly options: TrainingCommandOptions;
  readonly kernels: ChosenKernels;
  readonly plan: TrainingPlan;
  readonly folder: RunFolder;
  readonly report: TrainingReport;
  readonly fetched: FetchedCorrections | undefined;
}

if (import.meta.main) await runAsProcess(trainCommand);

/**
 * Runs the command.
 *
 * @throws CommanderError for invalid options; NnError for unusable data, models or configuration files;
 * NothingToDo if there are no corrections to train on
 */
export async function trainCommand(context: CommandContext): Promise<undefined> {
  const options = parseTrainingOptions(context.args, context);
  const { seed, threads, config, out } = options;
  const kernels = chooseKernels(undefined, {
    isShared: threads > 1,
    wideVectors: usesWideVectors(),
  });
  const file = config === null ? undefined : await readConfigurationFile(config);
  if (options.dryRun) {
    const plan = await planTraining(options, kernels.kernels, file);
    return void (await checkCorrections(options, plan, kernels.kernels, context));
  }
  const fetched = await fetchCorrections(options, context.signal);
  const plan = await planTraining(options, kernels.kernels, file);
  const folder = await openRunFolder(ownFolder(out), `${plan.name}-${seed}`);
  const report = createTrainingReport(textStream(context, options.json), plan.configuration);
  await runTraining({ context, options, kernels, plan, folder, report, fetched });
}

async function runTraining(run: Run): Promise<void> {
  const { context, options, folder, report, fetched } = run;
  const checkpoint = options.resume ? await folder.load() : undefined;
  if (run.kernels.fallback !== undefined) report.print(run.kernels.fallback);
  let saved: string | undefined;
  try {
    if (options.resume && options.json) {
      writeJsonLine(context, { type: 'resume', startsOver: checkpoint === undefined });
    }
    const data = await loadAndPrepare(run);
    if (options.resume && checkpoint === undefined) {
      report.print('This run has no checkpoint to continue from: it starts over.');
    }
    if (!options.resume && (await folder.backUp())) {
      report.print(
        'The checkpoint of an unfinished run was renamed; to continue one, start with --resume.',
      );
    }
    report.print(describeData(data));
    const corrections = fetched && (await selectCorrections(run, fetched, data));
    for await (const event of startTraining(run, data, corrections, checkpoint)) {
      report.show(event);
      if (event.type === 'checkpoint') {
        await folder.save(withName(event.content, options, data));
        saved = `The checkpoint of epoch ${event.epoch} in phase ${event.phase}`;
      }
      if (event.type === 'done') await finish(run, event, data, corrections);
      else if (options.json) writeJsonLine(context, recordOf(event));
    }
  } catch (error) {
    report.end();
    const former = checkpoint && 'The checkpoint that the run continued from';
    throw withWayToContinue(run, error, { saved, former });
  }
  report.end();
}

/** @returns the error to end with; of an interrupted run, one that says what was kept. */
function withWayToContinue(
  { context: { signal }, options, report }: Run,
  error: unknown,
  { saved, former }: Record<'saved' | 'former', string | undefined>,
): unknown {
  const isInterrupted = signal.aborted && error === signal.reason;
  // The former checkpoint may be what another error is about.
  const kept = saved ?? (isInterrupted ? former : undefined);
  const how = kept && `${kept} is kept. To continue:\n  ${describeCommand(options)} --resume`;
  if (isInterrupted) {
    return new Interrupted(how ?? 'Nothing was kept: there was no checkpoint yet.');
  }
  if (how !== undefined) report.print(how);
  return error;
}

/** Adds the name of the validation samples, for the list of trainings. */
function withName(
  { metadata, tensors }: SafetensorsContent,
  { data: folder }: TrainingCommandOptions,
  { validation, validationImages }: TrainingData,
): SafetensorsContent {
  const name = nameOfValidationSamples(dataName(folder), validationImages, validation.count);
  return { metadata: { ...metadata, validation: name }, tensors };
}

/** Loads and prepares the data, reporting the progress from the beginning. */
async function loadAndPrepare(run: Run): Promise<TrainingData> {
  const { context, options, plan, report } = run;
  const { signal } = context;
  const writeEvent = thinOut(event => writeJsonLine(context, event));
  const onProgress = (event: SynthesisEvent) => {
    report.showSynthesis(event);
    if (options.json) writeEvent(event);
  };
  onProgress({ type: 'synthesis', step: 'images', done: 0, of: null });
  const loaded = await loadData(options);
  signal.throwIfAborted();
  for (const line of describeRun(run)) report.print(line);
  return prepareTrainingData(options, plan, loaded, { onProgress, signal });
}

function describeRun({ options, kernels, plan }: Run): string[] {
  const { initial, teachers } = plan;
  const versions = teachers.map(({ version }) => version);
  return [
    `${plan.configuration.layerSizes.join('-')} · profile ${plan.name}, seed ${options.seed}, ` +
      `kernels ${kernels.description}, threads: ${options.threads}`,
    ...(initial ? [`Starts from the weights of ${initial.version}.`] : []),
    ...(versions.length > 0 ? [`Learns the predictions of ${listOf(versions)} as well.`] : []),
  ];
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names);
}

/** Excludes suspect labels and reports the corrections that are trained on. */
async function selectCorrections(
  { context, options, plan, folder, report }: Run,
  fetched: FetchedCorrections,
  { training }: TrainingData,
): Promise<TrainingCorrections> {
  const champion = plan.champion ?? (await loadChampion(options.out).catch(() => undefined));
  if (!champion) {
    report.print(
      'There is no champion to check the labels with, so all corrections are trained on.',
    );
  }
  const suspicion = { champion, training, folder: folder.path };
  const corrections = await leaveOutSuspects(fetched, options, suspicion);
  for (const line of describeCorrections(corrections)) report.print(line);
  if (options.json) writeJsonLine(context, correctionsEvent(corrections));
  return corrections;
}

function startTraining(
  { context: { signal }, options: { seed, threads }, kernels, plan }: Run,
  { training, validation }: TrainingData,
  corrections: TrainingCorrections | undefined,
  resume: Awaited<ReturnType<RunFolder['load']>>,
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
  });
}

async function finish(
  { context, options, plan, folder, report }: Run,
  done: DoneEvent,
  data: TrainingData,
  corrections: TrainingCorrections | undefined,
): Promise<void> {
  const learnt = corrections && samplesOfCorrections(corrections.trained);
  const forgetting = { ...data, corrections: learnt };
  const limited = limitForgetting(done, plan.champion, forgetting, report.print);
  const trained = { options, plan, data, corrections, ...limited };
  const result = await finishTraining(trained, report.print, context);
  await folder.remove();
  if (options.json) writeJsonLine(context, result);
}

/** The event for --json, without the arrays of a checkpoint. */
function recordOf(event: Exclude<TrainingEvent, DoneEvent>): TrainingEventRecord {
  if (event.type !== 'checkpoint') return event;
  const { content: _, ...record } = event;
  return record;
}
