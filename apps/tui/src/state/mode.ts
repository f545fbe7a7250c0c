// What the keys mean at the moment. Esc leads from every mode back to drawing.

/** The rows of the settings, in their order. */
export const settingRows = ['address', 'live', 'theme', 'explanation', 'practice-consent'] as const;
export type SettingRow = (typeof settingRows)[number];

/** What a text field is for. */
export type FieldPurpose = 'save' | 'open' | 'address';

export type Mode =
  | { readonly type: 'drawing' }
  /** f was pressed: the next digit says what the drawing really is. */
  | { readonly type: 'correcting' }
  /** A text field; `hint` is what there is to say about its text. */
  | {
      readonly type: 'typing';
      readonly purpose: FieldPurpose;
      readonly text: string;
      readonly hint: string;
    }
  | { readonly type: 'help' }
  | { readonly type: 'settings'; readonly row: number }
  /** Asks once whether drawings of practice may be kept. */
  | { readonly type: 'asking-consent' }
  /** What practice has shown. */
  | { readonly type: 'summary' }
  /** Asks whether learning is to be stopped. */
  | { readonly type: 'confirming-stop' }
  /** The table of the gate, and whether to promote; `row` is the one that is explained. */
  | { readonly type: 'gate'; readonly row: number };

export const drawingMode: Mode = { type: 'drawing' };
