// Drawings with a label from the person: corrections and practice. They go to the outbox, which keeps
// them until the service has stored them.

import { isBlank, type Raster } from '@digits/canvas';
import { isAppError } from '../app-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Prediction } from '../state/prediction.ts';
import { isReviewing, rasterOf } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

export interface LabelEffects {
  /** Saves the drawing with its label and shows a notice when it is on disk. */
  correct(digit: number): Promise<void>;
  /** Enter in practice: predicts the drawing and counts the round, or ends the review of the last. */
  checkPractice(): Promise<void>;
}

interface LabelEffectsOptions {
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'add'>;
  readonly requestPrediction: () => Promise<Prediction | undefined>;
  /** The time of day. */
  readonly now: () => Date;
}

export function createLabelEffects({
  store,
  outbox,
  requestPrediction,
  now,
}: LabelEffectsOptions): LabelEffects {
  const notify = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });

  /** @returns whether it is on disk */
  async function save(
    raster: Raster,
    label: number,
    source: 'correction' | 'practice',
  ): Promise<boolean> {
    try {
      const drawnAt = now().getTime();
      await outbox.add({ png: encodeDrawing(raster), label, source, drawnAt });
      return true;
    } catch (error) {
      if (!isAppError(error, 'outbox')) throw error;
      notify(`Not saved: ${error.message}`, true);
      return false;
    }
  }

  return {
    async correct(digit) {
      const raster = rasterOf(store.getState());
      if (isBlank(raster)) return notify('There is no drawing to correct.', true);
      if (!(await save(raster, digit, 'correction'))) return;
      store.dispatch({ type: 'corrected', raster });
      notify(`Saved as ${digit === 8 ? 'an' : 'a'} ${digit}.`, false);
    },

    async checkPractice() {
      const state = store.getState();
      const raster = rasterOf(state);
      if (state.practice === undefined || state.practice.isAwaitingPrediction) return;
      if (isReviewing(state)) return store.dispatch({ type: 'practice-continued' });
      if (isBlank(raster)) return notify('Draw the digit first, or press n for another one.', true);
      const { game, target } = state.practice;
      const known = state.predicted?.raster === raster ? state.predicted.prediction : undefined;
      store.dispatch({ type: 'practice-round-submitted' });
      const prediction = known ?? (await requestPrediction());
      const { practice, settings } = store.getState();
      // Practice may have ended, or moved to another digit, meanwhile.
      if (practice?.isAwaitingPrediction !== true || practice.target !== target) return;
      if (prediction === undefined) {
        store.dispatch({ type: 'practice-round-failed' });
        return;
      }
      store.dispatch({
        type: 'practice-round-finished',
        drawing: raster,
        read: prediction.reason === null ? prediction.digit : null,
      });
      // A drawing that is to be misread is a poor example of its digit.
      if (game === 'recognise' && settings.practiceConsent === 'given')
        await save(raster, target, 'practice');
    },
  };
}
