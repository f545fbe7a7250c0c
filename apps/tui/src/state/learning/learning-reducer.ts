// The reducer of corrections and of learning from them.

import type { ServedModel } from '@digits/client';
import type { LearningAction } from '../action.ts';
import { drawingMode, type Mode } from '../mode.ts';
import type { State } from '../state.ts';
import { firstRowOf } from './gate.ts';
import { canBeStopped, type Learning, noLearning } from './learning.ts';

export function reduceLearning(state: State, action: LearningAction): State {
  switch (action.type) {
    case 'corrected': {
      const { learning, corrections } = state;
      return {
        ...state,
        correctedRaster: action.raster,
        corrections: { ...corrections, saved: corrections.saved + 1 },
        // What a training would learn from has changed, and a failure is out of date.
        learning: learning.type === 'failed' || learning.type === 'checked' ? noLearning : learning,
      };
    }
    case 'learning-changed':
      return withLearning(state, action.learning);
    case 'gate-row-moved':
      return withGateRow(state, row => row + action.steps);
    case 'gate-row-selected':
      return withGateRow(state, () => action.row);
    case 'model-served':
      return withServedModel(state, action.model);
  }
}

/** A failure is the last event: no notice of an earlier one hides it. */
function withLearning(state: State, learning: Learning): State {
  const notice = learning.type === 'failed' ? undefined : state.notice;
  return { ...state, learning, notice, mode: modeAfter(state, learning) };
}

/** @returns the state in which the connected service serves a model, as its response named it. */
export function withServedModel(state: State, model: ServedModel): State {
  const { service } = state;
  if (service.status !== 'connected' || service.model.version === model.version) return state;
  return { ...state, service: { ...service, model } };
}

/** A question opens by itself unless the user is doing something else; then t shows it. */
function modeAfter(state: State, learning: Learning): Mode {
  const { mode } = state;
  if (mode.type === 'confirming-training') return learning.type === 'checked' ? mode : drawingMode;
  if (learning.type === 'checked' && isIdle(state)) return { type: 'confirming-training' };
  if (mode.type === 'confirming-stop') return canBeStopped(learning) ? mode : drawingMode;
  if (mode.type === 'gate') return learning.type === 'compared' ? mode : drawingMode;
  return learning.type === 'compared' && isIdle(state)
    ? { type: 'gate', row: firstRowOf(learning.gate) }
    : mode;
}

function isIdle({ mode, document, practice }: State): boolean {
  return mode.type === 'drawing' && document.stroke === undefined && practice === undefined;
}

function withGateRow(state: State, move: (row: number) => number): State {
  const { mode, learning } = state;
  if (mode.type !== 'gate' || learning.type !== 'compared') return state;
  const last = Math.max(learning.gate.rows.length - 1, 0);
  const row = Math.min(Math.max(move(mode.row), 0), last);
  return { ...state, mode: { type: 'gate', row } };
}
