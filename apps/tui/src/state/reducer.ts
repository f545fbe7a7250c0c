// The reducer: the next state for each action. Pure: no terminal, no service, no clock.

import { isBlank } from '@digits/canvas';
import type { Action, PredictionAction } from './action.ts';
import { reduceCorrections } from './corrections-reducer.ts';
import { reduceDrawing } from './drawing-reducer.ts';
import { emptyInside } from './inside.ts';
import { reduceInside } from './inside-reducer.ts';
import { noLearning } from './learning.ts';
import { reduceLearning, withServedModel } from './learning-reducer.ts';
import { reduceMode } from './mode-reducer.ts';
import { isDrawingLeft, isNoticeOutdated } from './notice-end.ts';
import type { ServiceState } from './service-state.ts';
import { rasterOf, type State } from './state.ts';

/** @returns the state after the action; the same object if nothing changed. */
export function reduce(state: State, action: Action): State {
  return withoutOutdated(state, reduceAction(state, action));
}

function reduceAction(state: State, action: Action): State {
  switch (action.type) {
    case 'notice-shown':
      return { ...state, notice: action.notice };
    case 'watch-changed':
      return { ...state, watch: action.watch };
    case 'corrections-counted':
      return { ...state, corrections: { ...state.corrections, ...action.corrections } };
    case 'service-changed':
      return serviceChanged(state, action.service);
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
    case 'gate-row-selected':
    case 'model-served':
      return reduceLearning(state, action);
    case 'corrections-listed':
    case 'suspects-found':
    case 'suspect-confirmed':
    case 'correction-removed':
    case 'correction-row-moved':
    case 'correction-row-selected':
    case 'correction-undone':
      return reduceCorrections(state, action);
    case 'inside-opened':
    case 'neuron-selected':
    case 'neuron-moved':
    case 'inside-layer-changed':
    case 'inside-page-turned':
    case 'layers-unsupported':
    case 'neuron-requested':
    case 'neuron-received':
    case 'neuron-activated':
    case 'neuron-failed':
      return reduceInside(state, action);
    case 'mode-changed':
    case 'text-edited':
    case 'text-changed':
    case 'hint-set':
    case 'setting-row-moved':
    case 'help-scrolled':
    case 'settings-changed':
    case 'explanation-toggled':
    case 'mouse-switched':
    case 'practice-began':
    case 'practice-round-submitted':
    case 'practice-round-failed':
    case 'practice-round-finished':
    case 'practice-continued':
    case 'practice-game-switched':
    case 'practice-skipped':
    case 'practice-ended':
      return reduceMode(state, action);
    default:
      return reduceDrawing(state, action);
  }
}

/** What failed for want of a service, or of its layers, may succeed with the one that is there now. */
function serviceChanged(state: State, service: ServiceState): State {
  const isBack = service.status === 'connected' && state.service.status !== 'connected';
  if (!isBack) return { ...state, service };
  // A request in flight still ends.
  const inside = { ...emptyInside, isRequested: state.inside.isRequested };
  return { ...state, service, predictionFailure: undefined, inside };
}

/** Requests a prediction or takes its outcome, which is ignored unless it is of the last request. */
function reducePrediction(state: State, action: PredictionAction): State {
  const { raster } = action;
  if (action.type === 'prediction-requested') {
    return { ...state, pendingRaster: raster, predictionFailure: undefined };
  }
  if (raster !== state.pendingRaster) return state;
  const settled = { ...state, pendingRaster: undefined };
  if (action.type === 'prediction-failed') {
    return { ...settled, predictionFailure: { raster, why: action.why } };
  }
  const { prediction, isExplained } = action;
  return withServedModel(
    { ...settled, predicted: { raster, prediction, isExplained } },
    prediction.model,
  );
}

/**
 * Drops what has become outdated: a notice that no longer holds, a failed training that was read, and the
 * request for a drawing that was cleared. The prediction of a cleared drawing is kept for an undo, until
 * another drawing begins.
 */
function withoutOutdated(before: State, next: State): State {
  if (next === before) return before;
  const after = withoutOldMessages(before, next);
  const raster = rasterOf(after);
  if (raster === rasterOf(before)) return after;
  if (isBlank(raster)) return { ...after, pendingRaster: undefined };
  const { predicted } = after;
  const isOfCleared = predicted?.raster !== raster && isBlank(rasterOf(before));
  return isOfCleared ? { ...after, predicted: undefined } : after;
}

function withoutOldMessages(before: State, after: State): State {
  const { notice, learning } = after;
  const isRead = learning.type === 'failed' && isDrawingLeft(before, after);
  const state = isRead ? { ...after, learning: noLearning } : after;
  if (notice === undefined || notice !== before.notice) return state;
  return isNoticeOutdated(notice, before, after) ? { ...state, notice: undefined } : state;
}
