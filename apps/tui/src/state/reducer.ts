// The reducer: the next state for each action. Pure: no terminal, no service, no clock.

import {
  emptyInside,
  type PredictionAction,
  rasterOf,
  reduceDrawing,
  reducePrediction,
  withDrawingChanged,
} from '@digits/client';
import type { Action } from './action.ts';
import { reduceCorrections } from './corrections/corrections-reducer.ts';
import { reduceInside } from './inside/inside-reducer.ts';
import { noLearning } from './learning/learning.ts';
import { reduceLearning, withServedModel } from './learning/learning-reducer.ts';
import { reduceMode } from './mode-reducer.ts';
import { isDrawingLeft, isNoticeOutdated } from './notice-end.ts';
import type { ServiceState } from './service-state.ts';
import type { State } from './state.ts';

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
      return predictionChanged(state, action);
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

/** A prediction also says which model the service has now. */
function predictionChanged(state: State, action: PredictionAction): State {
  const next = reducePrediction(state, action);
  const isReceived = action.type === 'prediction-received' && next !== state;
  return isReceived ? withServedModel(next, action.prediction.model) : next;
}

/** Drops a notice that no longer holds, a failed training that was read, and outdated predictions. */
function withoutOutdated(before: State, next: State): State {
  if (next === before) return before;
  return withDrawingChanged(withoutOldMessages(before, next), rasterOf(before), rasterOf(next));
}

function withoutOldMessages(before: State, after: State): State {
  const { notice, learning } = after;
  const isRead = learning.type === 'failed' && isDrawingLeft(before, after);
  const state = isRead ? { ...after, learning: noLearning } : after;
  if (notice === undefined || notice !== before.notice) return state;
  return isNoticeOutdated(notice, before, after) ? { ...state, notice: undefined } : state;
}
