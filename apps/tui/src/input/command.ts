// The commands of the keys and of the mouse; effects/ executes them.

import type { Action } from '../state/action.ts';
import type { PromotionDecision } from '../state/learning/gate.ts';
import type { WatchRow } from '../state/learning/watch.ts';
import type { SettingRow } from '../state/mode.ts';

/** `open` shows the form; `keep` saves the network; `stop` shows the form again, `leave` ends it all. */
export type WatchStep = 'open' | 'start' | 'pause' | 'keep' | 'stop' | 'leave';

export type Command =
  /** Only changes the state. */
  | { readonly type: 'dispatch'; readonly action: Action }
  | { readonly type: 'request-prediction' }
  | { readonly type: 'quit' }
  | { readonly type: 'correct'; readonly digit: number }
  /** Takes the last correction back. */
  | { readonly type: 'undo-correction' }
  /** Shows the list of corrections. */
  | { readonly type: 'open-corrections' }
  /** Asks whether to delete the selected correction. */
  | { readonly type: 'ask-deletion' }
  | { readonly type: 'delete-correction'; readonly id: string }
  /** Confirms the suspect label of the selected correction. */
  | { readonly type: 'confirm-label' }
  | { readonly type: 'open-text-field'; readonly purpose: 'save' | 'open' }
  | { readonly type: 'complete-path' }
  /** Files were dropped on the terminal, or their paths pasted: the text as it came, and the paths in it. */
  | { readonly type: 'open-files'; readonly text: string; readonly paths: readonly string[] }
  /** Enter in a text field. */
  | { readonly type: 'submit-text' }
  | { readonly type: 'toggle-mouse' }
  | { readonly type: 'toggle-practice' }
  | { readonly type: 'set-practice-consent'; readonly isGiven: boolean }
  /** Has the drawing of a practice round predicted and finishes the round. */
  | { readonly type: 'submit-round' }
  /** To the next choice or the one before. */
  | { readonly type: 'change-setting'; readonly row: SettingRow; readonly steps: 1 | -1 }
  /** Watching a network learn. */
  | { readonly type: 'watch'; readonly step: WatchStep }
  /** The next value of a row of its form or the one before. */
  | { readonly type: 'choose-training'; readonly row: WatchRow; readonly steps: 1 | -1 }
  /** Counts the corrections to train on, or shows what there is to decide. */
  | { readonly type: 'learn' }
  | { readonly type: 'train' }
  /** Esc while the app learns. */
  | { readonly type: 'cancel-learning' }
  | { readonly type: 'stop-learning' }
  /** Whether to promote the compared version. */
  | { readonly type: 'decide'; readonly decision: PromotionDecision };

/** @returns the command that only changes the state */
export function dispatch(action: Action): Command {
  return { type: 'dispatch', action };
}
