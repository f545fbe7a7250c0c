// How each action changes the state. Pure: no terminal, no service, no clock.

import { isBlank } from '@digits/canvas';
import type { Action } from './action.ts';
import { reducePrediction } from './answer-reducer.ts';
import { reduceDrawing } from './drawing-reducer.ts';
import { reduceLearning } from './learning-reducer.ts';
import { reduceMode } from './mode-reducer.ts';
import { rasterOf, type State } from './state.ts';

/** @returns the state after the action; the same object if nothing changed. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'notice-shown':
      return { ...state, notice: action.notice };
    case 'corrections-counted':
      return { ...state, corrections: { ...state.corrections, ...action.corrections } };
    case 'service-changed':
      return { ...state, service: action.service };
    case 'capabilities-changed':
      return { ...state, capabilities: action.capabilities };
    case 'window-resized':
      return { ...state, window: action.window };
    case 'prediction-requested':
    case 'prediction-received':
    case 'prediction-failed':
      return reducePrediction(state, action);
    case 'corrected':
    case 'learning-changed':
    case 'gate-row-moved':
    case 'model-served':
      return reduceLearning(state, action);
    case 'mode-changed':
    case 'text-changed':
    case 'hint-set':
    case 'setting-row-moved':
    case 'settings-changed':
    case 'explanation-toggled':
    case 'mouse-switched':
    case 'practice-began':
    case 'practice-round-submitted':
    case 'practice-round-failed':
    case 'practice-round-finished':
    case 'practice-skipped':
    case 'practice-ended':
      return forgetting(state, reduceMode(state, action));
    default:
      return forgetting(state, reduceDrawing(state, action));
  }
}

/**
 * Of a changed drawing no notice is told any longer, and of a blank one no answer: neither an old
 * one nor one still to come is about it.
 */
function forgetting(before: State, after: State): State {
  const raster = rasterOf(after);
  if (raster === rasterOf(before)) return after;
  const notice = after.notice === before.notice ? undefined : after.notice;
  if (!isBlank(raster)) return { ...after, notice };
  return {
    ...after,
    notice,
    pendingRaster: undefined,
    predicted: undefined,
    predictionError: undefined,
  };
}
