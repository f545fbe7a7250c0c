// The modes, which determine what the keys mean. Esc leads from every mode back to drawing.

import type { InsideMode } from './inside/inside.ts';
import type { FieldText } from './text-field.ts';

/** The rows of the settings, in their order. */
export const settingRows = ['address', 'live', 'theme', 'explanation', 'practice-consent'] as const;
export type SettingRow = (typeof settingRows)[number];

/** The purpose of a text field. */
export type FieldPurpose = 'save' | 'open' | 'address';

export type Mode =
  | { readonly type: 'drawing' }
  /** f was pressed: the next digit is the right label of the drawing. */
  | { readonly type: 'correcting' }
  /** A text field, with a hint about its text. */
  | (FieldText & { readonly type: 'typing'; readonly purpose: FieldPurpose; readonly hint: string })
  /** Every key; `top` counts the rows that were scrolled away. */
  | { readonly type: 'help'; readonly top: number }
  | { readonly type: 'settings'; readonly row: number }
  /** Asks once whether drawings of practice may be kept. */
  | { readonly type: 'asking-consent' }
  /** The summary of practice. */
  | { readonly type: 'summary' }
  /** The list of corrections; `row` is the selected one. */
  | { readonly type: 'corrections'; readonly row: number }
  /** Asks whether to delete the correction of that row. */
  | { readonly type: 'confirming-deletion'; readonly row: number; readonly id: string }
  /** The view into the network. */
  | InsideMode
  /** Asks whether to train, from how many corrections and for how long. */
  | { readonly type: 'confirming-training' }
  /** Asks whether to stop the training or the comparison. */
  | { readonly type: 'confirming-stop' }
  /** The form of a network to watch; `row` is the selected one. */
  | { readonly type: 'choosing-training'; readonly row: number }
  /** A network learns and answers the drawing. */
  | { readonly type: 'watching' }
  /** The gate's result, and whether to promote; `row` is the selected one. */
  | { readonly type: 'gate'; readonly row: number };

/** @returns whether the list of corrections is shown, and the canvas shows the selected one. */
export function isListShown({ type }: Mode): boolean {
  return type === 'corrections' || type === 'confirming-deletion';
}

export const drawingMode: Mode = { type: 'drawing' };
