// The reducer of modes, settings and practice.

import { clearDocument, endStroke } from '@digits/canvas';
import {
  continuePractice,
  finishRound,
  isWon,
  type Practice,
  type Round,
  roundText,
  skipDigit,
  startPractice,
  submitRound,
  switchGame,
  withdrawRound,
} from '@digits/client';
import type { ModeAction } from './action.ts';
import { drawingMode, type Mode, settingRows } from './mode.ts';
import type { Notice } from './notice.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';
import { editText, fieldTextOf, type TextEdit } from './text-field.ts';

type Typing = Extract<Mode, { type: 'typing' }>;
type TextChange = Extract<ModeAction, { type: 'text-changed' }>;

export function reduceMode(state: State, action: ModeAction): State {
  switch (action.type) {
    case 'mode-changed':
      return { ...withPenUp(state), mode: action.mode, notice: undefined };
    case 'text-edited':
      return withMode(state, 'typing', mode => withEdit(mode, action.edit));
    case 'text-changed':
      return withMode(state, 'typing', mode => withText(mode, action));
    case 'hint-set':
      return withMode(state, 'typing', mode => ({ ...mode, hint: action.hint }));
    case 'setting-row-moved':
      return withMode(state, 'settings', mode => ({
        ...mode,
        row: rowAfter(mode.row, action.steps),
      }));
    case 'help-scrolled':
      return withMode(state, 'help', mode => ({ ...mode, top: action.top }));
    case 'settings-changed':
      return settingsChanged(state, action.settings);
    case 'explanation-toggled':
      return { ...state, isExplaining: !state.isExplaining };
    case 'mouse-switched':
      return { ...state, isMouseOn: action.isOn };
    case 'practice-began':
      return {
        ...withBlankDrawing(state),
        mode: drawingMode,
        practice: startPractice(action.seed),
      };
    case 'practice-round-submitted':
      return withPractice(state, submitRound);
    case 'practice-round-failed':
      return withPractice(state, withdrawRound);
    case 'practice-round-finished':
      return roundFinished(state, action);
    case 'practice-continued':
      return withPractice(withBlankDrawing(state), continuePractice);
    case 'practice-game-switched':
      return withPractice(withBlankDrawing(state), switchGame);
    case 'practice-skipped':
      return withPractice(withBlankDrawing(state), skipDigit);
    case 'practice-ended':
      return { ...withBlankDrawing(state), practice: undefined, mode: drawingMode };
  }
}

function settingsChanged(state: State, changed: Partial<Settings>): State {
  const sessionTheme = changed.theme === undefined ? state.sessionTheme : undefined;
  return { ...state, sessionTheme, settings: { ...state.settings, ...changed } };
}

/** A hint is about the text, so it goes when the text changes. */
function withEdit(mode: Typing, edit: TextEdit): Typing {
  const { type, purpose, hint, ...field } = mode;
  const edited = editText(field, edit);
  if (edited === field) return mode;
  return { type, purpose, ...edited, hint: edited.text === field.text ? hint : '' };
}

/** What was cut stays, to be inserted. */
function withText({ purpose, cut }: Typing, { text, cursor }: TextChange): Typing {
  const changed = fieldTextOf(text);
  const isInside = cursor !== undefined && cursor < changed.length;
  return {
    type: 'typing',
    purpose,
    text: changed,
    ...(isInside && { cursor }),
    ...(cut !== undefined && { cut }),
    hint: '',
  };
}

function roundFinished(
  state: State,
  { read, drawing }: Extract<ModeAction, { type: 'practice-round-finished' }>,
): State {
  if (state.practice === undefined) return state;
  const practice = finishRound(state.practice, read, drawing);
  const up = practice.reviewed === undefined ? withBlankDrawing(state) : withPenUp(state);
  return { ...up, practice, notice: roundNotice(practice.rounds.at(-1)!) };
}

function roundNotice(round: Round): Notice {
  const isBad = !isWon(round);
  const hint =
    round.game === 'misread' && !isBad ? ` f ${round.target} saves it as a correction.` : '';
  return { text: roundText(round) + hint, isBad };
}

function withPractice(state: State, change: (practice: Practice) => Practice): State {
  return state.practice === undefined ? state : { ...state, practice: change(state.practice) };
}

function withBlankDrawing(state: State): State {
  const up = withPenUp(state);
  return { ...up, document: clearDocument(up.document) };
}

function withPenUp(state: State): State {
  return {
    ...state,
    pen: { ...state.pen, isDown: false },
    document: endStroke(state.document),
  };
}

function rowAfter(row: number, steps: number): number {
  return Math.min(Math.max(row + steps, 0), settingRows.length - 1);
}

function withMode<Type extends Mode['type']>(
  state: State,
  type: Type,
  change: (mode: Extract<Mode, { type: Type }>) => Mode,
): State {
  if (state.mode.type !== type) return state;
  const mode = change(state.mode as Extract<Mode, { type: Type }>);
  return mode === state.mode ? state : { ...state, mode };
}
