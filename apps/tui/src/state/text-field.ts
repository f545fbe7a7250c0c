// The text of a text field, its cursor and its selection: pure functions for each edit. Positions are
// always between two characters as people see them (grapheme clusters), never within one.

/** The text, and where the next character goes. */
export interface FieldText {
  readonly text: string;
  /** An index into the text; absent behind its last character. */
  readonly cursor?: number;
  /** Whether the whole text is selected: what is typed next replaces it. */
  readonly isSelected?: boolean;
  /** What was cut last, to be pasted. */
  readonly cut?: string;
}

export type TextMove =
  | 'move-left'
  | 'move-right'
  | 'move-word-left'
  | 'move-word-right'
  | 'move-to-start'
  | 'move-to-end';

export type TextCut =
  | 'cut-word-before'
  | 'cut-word-after'
  /** Back to the last slash or space before the cursor. */
  | 'cut-name-before'
  | 'cut-to-start'
  | 'cut-to-end';

export type TextEdit =
  /** Typed or pasted text, which may contain anything. */
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'delete-before' | 'delete-after' }
  | { readonly type: TextMove }
  | { readonly type: TextCut }
  /** Inserts what was cut last. */
  | { readonly type: 'insert-cut' }
  /** Swaps the characters around the cursor. */
  | { readonly type: 'swap' };

/** More than any path or address needs; what goes beyond it is dropped. */
export const maxTextCharacters = 500;

/**
 * @returns the text as one line of at most 500 characters, without control characters. The two joiners
 *   stay, though they are invisible too: names in some scripts and emoji are spelt with them.
 */
export function fieldTextOf(text: string): string {
  const plain = text
    .slice(0, 4 * maxTextCharacters)
    .replace(/(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu, '');
  return fitting(plain, maxTextCharacters);
}

/** @returns the field after an edit; the same object if nothing changed */
export function editText(field: FieldText, edit: TextEdit): FieldText {
  const { text, cursor = text.length, isSelected = false } = field;
  switch (edit.type) {
    case 'insert':
      return insert(field, fieldTextOf(edit.text));
    case 'insert-cut':
      return insert(field, field.cut ?? '');
    case 'delete-before':
      return without(field, previousIndex(text, cursor), cursor);
    case 'delete-after':
      return without(field, cursor, nextIndex(text, cursor));
    case 'swap':
      return swap(field);
    case 'move-left':
      return fieldAt(field, text, isSelected ? 0 : previousIndex(text, cursor));
    case 'move-right':
      return fieldAt(field, text, nextIndex(text, cursor));
    case 'move-word-left':
      return fieldAt(field, text, wordStart(text, cursor));
    case 'move-word-right':
      return fieldAt(field, text, wordEnd(text, cursor));
    case 'move-to-start':
      return fieldAt(field, text, 0);
    case 'move-to-end':
      return fieldAt(field, text, text.length);
    case 'cut-word-before':
      return cut(field, wordStart(text, cursor), cursor);
    case 'cut-word-after':
      return cut(field, cursor, wordEnd(text, cursor));
    case 'cut-name-before':
      return cut(field, nameStart(text, cursor), cursor);
    case 'cut-to-start':
      return cut(field, 0, cursor);
    case 'cut-to-end':
      return cut(field, cursor, text.length);
  }
}

/** @returns the character at an index, as people see it; empty at the end of the text */
export function characterAt(text: string, index: number): string {
  return text.slice(index, nextIndex(text, index));
}

/** What is too long of the inserted text is dropped, not what was in the field before. */
function insert(field: FieldText, inserted: string): FieldText {
  if (inserted === '') return field;
  const { text, cursor } = field.isSelected ? { text: '', cursor: 0 } : field;
  const at = cursor ?? text.length;
  const added = fitting(inserted, maxTextCharacters - text.length);
  return fieldAt(field, text.slice(0, at) + added + text.slice(at), at + added.length);
}

/** Removes what lies between two indices, or the whole text if it is selected. */
function without(field: FieldText, start: number, end: number): FieldText {
  const { text } = field;
  if (field.isSelected) return fieldAt(field, '', 0);
  return fieldAt(field, text.slice(0, start) + text.slice(end), start);
}

/** Like `without`, and keeps what was removed. */
function cut(field: FieldText, start: number, end: number): FieldText {
  const removed = field.isSelected ? field.text : field.text.slice(start, end);
  return removed === '' ? field : { ...without(field, start, end), cut: removed };
}

/** At the end of the text the last two characters change places, as in shells. */
function swap(field: FieldText): FieldText {
  const { text, cursor = text.length } = field;
  const middle = cursor === text.length ? previousIndex(text, cursor) : cursor;
  const [start, end] = [previousIndex(text, middle), nextIndex(text, middle)];
  const swapped = text.slice(middle, end) + text.slice(start, middle);
  return fieldAt(field, text.slice(0, start) + swapped + text.slice(end), end);
}

/** A field with another text or cursor, where nothing is selected. */
function fieldAt(field: FieldText, text: string, cursor: number): FieldText {
  const isSame = text === field.text && cursor === (field.cursor ?? field.text.length);
  if (isSame && !field.isSelected) return field;
  return {
    text,
    ...(cursor !== text.length && { cursor }),
    ...(field.cut !== undefined && { cut: field.cut }),
  };
}

/** @returns as much of a text as fits, without half of a surrogate pair at its end */
function fitting(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '');
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function previousIndex(text: string, index: number): number {
  return graphemes.segment(text).containing(index - 1)?.index ?? 0;
}

function nextIndex(text: string, index: number): number {
  const next = graphemes.segment(text).containing(index);
  return next === undefined ? text.length : next.index + next.segment.length;
}

/** Words are of letters and digits, as in readline. */
function wordStart(text: string, index: number): number {
  const before = text.slice(0, index);
  return before.replace(/[\p{L}\p{N}\p{M}]*[^\p{L}\p{N}\p{M}]*$/u, '').length;
}

function wordEnd(text: string, index: number): number {
  const word = /^[^\p{L}\p{N}\p{M}]*[\p{L}\p{N}\p{M}]*/u.exec(text.slice(index))?.[0] ?? '';
  return index + word.length;
}

/** The beginning of a name in a path: in readline Ctrl+W would remove the whole path. */
function nameStart(text: string, index: number): number {
  return text.slice(0, index).replace(/[^\s/\\]*[\s/\\]*$/u, '').length;
}
