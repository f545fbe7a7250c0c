// Saves a trained network, or only measures it. With --watch the training outlives a failure to save, and can be
// saved later.

import { samplesOfCorrections } from '../../src/data/corrections.ts';
import { NnError } from '../../src/errors.ts';
import type { DoneEvent } from '../../src/training/events.ts';
import type { TrainingCorrections } from './corrections/corrections.ts';
import { limitForgetting } from './corrections/limit-forgetting.ts';
import type { TrainingData } from './data/load-training-data.ts';
import { type Run, type StartedRun, writeEvent } from './run.ts';
import { finishTraining, finishUnsaved } from './version/finish-training.ts';

/**
 * Saves, and with --watch outlives a failure, for instance of a full disk: the network is still there, and `save`
 * tries again.
 *
 * @returns whether it was saved
 */
export async function trySaving(run: Run, save: () => Promise<void>): Promise<boolean> {
  const { options, control, report } = run;
  try {
    await save();
    return true;
  } catch (error) {
    const isWriteFailure = error instanceof NnError && error.code === 'write-failed';
    if (!options.watch || control.signal.aborted || !isWriteFailure) throw error;
    control.unsave();
    report.print(error.message);
    writeEvent(run, { type: 'save-failed', why: error.message });
    return false;
  }
}

/** Completes a training. With --watch, drawings are answered until the training is stopped. */
export async function saveTrained(
  run: StartedRun,
  done: DoneEvent,
  data: TrainingData,
  corrections: TrainingCorrections | undefined,
): Promise<void> {
  const { context, options, plan, folder, report, control, observer } = run;
  const learnt = corrections && samplesOfCorrections(corrections.trained);
  const forgetting = { ...data, corrections: learnt };
  const limited = limitForgetting(done, plan.champion, forgetting, report.print);
  observer.finish(limited.done.network);
  const trained = { options, plan, data, corrections, ...limited };
  const save = async () => {
    writeEvent(run, await finishTraining(trained, report.print, context));
    await folder.remove();
  };
  let isSaved = control.isSaved() && (await trySaving(run, save));
  if (!isSaved) writeEvent(run, finishUnsaved(trained, report.print));
  if (!options.watch) return;
  while (!isSaved) {
    await Promise.race([control.whenSaved(), control.whenStopped]);
    if (!control.isSaved()) return;
    isSaved = await trySaving(run, save);
  }
  await control.whenStopped;
}
