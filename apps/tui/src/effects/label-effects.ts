// Drawings that a person says the digit of: corrections and practice. They go to the outbox, which
// keeps them until the service has them.

import { isBlank, type Raster } from '@digits/canvas';
import { isAppError } from '../app-error.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Prediction } from '../state/prediction.ts';
import { rasterOf } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { encodeDrawing } from '../storage/drawing-png.ts';

export interface LabelEffects {
  /** Says which digit the drawing is; the screen says when that is safe. */
  correct(digit: number): Promise<void>;
  /** Practice: has the drawing read, counts it and goes on. */
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
  requestPrediction: ask,
  now,
}: LabelEffectsOptions): LabelEffects {
  const tell = (text: string, isBad: boolean) =>
    store.dispatch({ type: 'notice-shown', notice: { text, isBad } });

  /** @returns whether it is safe */
  async function keep(
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
      tell(`Not saved: ${error.message}`, true);
      return false;
    }
  }

  return {
    async correct(digit) {
      const raster = rasterOf(store.getState());
      if (isBlank(raster)) return tell('Nothing is drawn that could be corrected.', true);
      if (!(await keep(raster, digit, 'correction'))) return;
      store.dispatch({ type: 'corrected', raster });
      tell(`saved: it was a ${digit}`, false);
    },

    async checkPractice() {
      const state = store.getState();
      const raster = rasterOf(state);
      if (state.practice === undefined || state.practice.isAwaitingPrediction) return;
      if (isBlank(raster)) return tell('Draw it first; n names another digit.', true);
      const { target } = state.practice;
      const known = state.predicted?.raster === raster ? state.predicted.prediction : undefined;
      store.dispatch({ type: 'practice-round-submitted' });
      const prediction = known ?? (await ask());
      const { practice, settings } = store.getState();
      // Practice may be over, or ask for another digit, when the answer comes.
      if (practice?.isAwaitingPrediction !== true || practice.target !== target) return;
      if (prediction === undefined) {
        store.dispatch({ type: 'practice-round-failed' });
        return;
      }
      store.dispatch({ type: 'practice-round-finished', read: prediction.digit });
      if (settings.practiceConsent === 'given') await keep(raster, target, 'practice');
    },
  };
}
