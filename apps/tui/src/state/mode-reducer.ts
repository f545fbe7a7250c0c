// How modes, settings and practice change the state.

import { clearDocument, endStroke } from '@digits/canvas';
import type { ModeAction } from './action.ts';
import { drawingMode, type Mode, settingRows } from './mode.ts';
import { finishRound, type Practice, skipDigit, startPractice } from './practice.ts';
import type { Settings } from './settings.ts';
import type { Notice, State } from './state.ts';

/** More than any path or address that is typed. */
const maxTextCharacters = 500;

export function reduceMode(state: State, action: ModeAction): State {
  switch (action.type) {
    case 'mode-changed':
      return { ...penUp(state), mode: action.mode, notice: undefined };
    case 'text-changed':
      return typed(state, action.text);
    case 'hint-set':
      return withMode(state, 'typing', mode => ({ ...mode, hint: action.hint }));
    case 'setting-row-moved':
      return withMode(state, 'settings', mode => ({
        ...mode,
        row: rowAfter(mode.row, action.steps),
      }));
    case 'settings-changed':
      return settingsChanged(state, action.settings);
    case 'explanation-toggled':
      return { ...state, isExplaining: !state.isExplaining };
    case 'mouse-switched':
      return { ...state, isMouseOn: action.isOn };
    case 'practice-began':
      return { ...cleared(state), mode: drawingMode, practice: startPractice(action.seed) };
    case 'practice-round-submitted':
      return practising(state, practice => ({ ...practice, isAwaitingPrediction: true }));
    case 'practice-round-failed':
      return practising(state, practice => ({ ...practice, isAwaitingPrediction: false }));
    case 'practice-round-finished':
      return practiceJudged(state, action.read);
    case 'practice-skipped':
      return practising(cleared(state), skipDigit);
    case 'practice-ended':
      return { ...cleared(state), practice: undefined, mode: drawingMode };
  }
}

function settingsChanged(state: State, changed: Partial<Settings>): State {
  const sessionTheme = changed.theme === undefined ? state.sessionTheme : undefined;
  return { ...state, sessionTheme, settings: { ...state.settings, ...changed } };
}

/** What came from outside may hold anything: control characters never stand in a text field. */
function typed(state: State, text: string): State {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, maxTextCharacters);
  return withMode(state, 'typing', mode => ({ ...mode, text: plain, hint: '' }));
}

function practiceJudged(state: State, read: number | null): State {
  if (state.practice === undefined) return state;
  const notice = verdict(state.practice.target, read);
  return { ...practising(cleared(state), practice => finishRound(practice, read)), notice };
}

function verdict(target: number, read: number | null): Notice {
  if (read === target)
    return { text: `Right: your ${target} was read as ${target}.`, isBad: false };
  const reading = read === null ? 'no digit' : `${read}`;
  return { text: `Your ${target} was read as ${reading}.`, isBad: true };
}

function practising(state: State, change: (practice: Practice) => Practice): State {
  return state.practice === undefined ? state : { ...state, practice: change(state.practice) };
}

function cleared(state: State): State {
  const up = penUp(state);
  return { ...up, sheet: clearDocument(up.sheet) };
}

function penUp(state: State): State {
  return {
    ...state,
    pen: { ...state.pen, isDown: false },
    sheet: endStroke(state.sheet),
  };
}

function rowAfter(row: number, steps: number): number {
  return Math.min(Math.max(row + steps, 0), settingRows.length - 1);
}

function withMode<Kind extends Mode['type']>(
  state: State,
  type: Kind,
  change: (mode: Extract<Mode, { type: Kind }>) => Mode,
): State {
  if (state.mode.type !== type) return state;
  return { ...state, mode: change(state.mode as Extract<Mode, { type: Kind }>) };
}
