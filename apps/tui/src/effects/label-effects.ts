// Drawings with a label from the person: corrections and practice. They go to the outbox, which keeps
// them until the service has stored them.

import { isBlank, type Raster } from '@digits/canvas';
import { aDigit, createPracticeCheck, type Prediction, rasterOf } from '@digits/client';
import { isAppError } from '../app-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

export interface LabelEffects {
  /** Saves the drawing with its label and shows a notice when it is on disk. */
  correct(digit: number): Promise<void>;
  /** Takes the last correction of this session back, whether it was sent or not. */
  undo(): Promise<void>;
  /** Called when a correction was deleted, by its name in the outbox or its id. */
  forget(id: string): void;
  /** Enter in practice: predicts the drawing and counts the round, or ends the review of the last. */
  checkPractice(): Promise<void>;
}

interface LabelEffectsOptions {
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'add' | 'remove' | 'flush' | 'onChange'>;
  /** Deletes an entry of the service. Rejects with an AppError. */
  readonly deleteSent: (id: string) => Promise<void>;
  readonly requestPrediction: () => Promise<Prediction | undefined>;
  /** The time of day. */
  readonly now: () => Date;
}

/** A correction of this session. */
interface OwnCorrection {
  /** Of its file in the outbox. */
  readonly name: string;
  readonly raster: Raster;
}

export function createLabelEffects({
  store,
  outbox,
  deleteSent,
  requestPrediction,
  now,
}: LabelEffectsOptions): LabelEffects {
  const notify = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });

  const own: OwnCorrection[] = [];
  /** The service's ids of what was sent in this session, by the names in the outbox. */
  const sentIds = new Map<string, string>();
  outbox.onChange(event => {
    if (event.type === 'sent') sentIds.set(event.name, event.id);
  });

  /** @returns its name in the outbox, or `undefined` if it is not on disk */
  async function save(
    raster: Raster,
    label: number,
    source: 'correction' | 'practice',
  ): Promise<string | undefined> {
    try {
      const drawnAt = now().getTime();
      return await outbox.add({ png: encodeDrawing(raster), label, source, drawnAt });
    } catch (error) {
      if (!isAppError(error, 'outbox')) throw error;
      notify(`Not saved: ${error.message}`, true);
      return undefined;
    }
  }

  function forgetOwn(correction: OwnCorrection): void {
    own.splice(own.indexOf(correction), 1);
    store.dispatch({ type: 'correction-undone', raster: own.at(-1)?.raster });
  }

  async function takeBack({ name }: OwnCorrection): Promise<void> {
    if (await outbox.remove(name)) return;
    // It is being sent, or it was.
    if (!sentIds.has(name)) await outbox.flush();
    const id = sentIds.get(name);
    // The same picture with the same label is stored once: an earlier correction keeps it.
    const isShared = own.some(other => other.name !== name && sentIds.get(other.name) === id);
    if (id === undefined) await outbox.remove(name);
    else if (!isShared) await deleteSent(id);
  }

  return {
    async correct(digit) {
      const raster = rasterOf(store.getState());
      if (isBlank(raster)) return notify('There is no drawing to correct.', true);
      const name = await save(raster, digit, 'correction');
      if (name === undefined) return;
      own.push({ name, raster });
      store.dispatch({ type: 'corrected', raster });
      notify(`Saved as ${aDigit(digit)}. f u undoes it.`, false);
    },

    async undo() {
      const last = own.at(-1);
      if (last === undefined) {
        return notify('There is no correction of this session to undo. F lists all.', true);
      }
      try {
        await takeBack(last);
      } catch (error) {
        if (!isAppError(error, 'outbox') && !isAppError(error, 'service')) throw error;
        return notify(`Not undone: ${error.message}`, true);
      }
      if (own.includes(last)) forgetOwn(last);
      notify('The last correction is undone.', false);
    },

    forget(id) {
      const found = own.find(({ name }) => name === id || sentIds.get(name) === id);
      if (found !== undefined) forgetOwn(found);
    },

    checkPractice: createPracticeCheck({
      state: store.getState,
      dispatch: store.dispatch,
      requestPrediction,
      onBlank: () => notify('Draw the digit first, or press n for another one.', true),
      async keep(drawing, digit) {
        const { practiceConsent } = store.getState().settings;
        if (practiceConsent === 'given') await save(drawing, digit, 'practice');
      },
    }),
  };
}
