// The text of a text field and its cursor: pure functions for each edit. Positions never fall between
// the two halves of a surrogate pair.

/** The text, and where the next character goes. */
export interface FieldText {
  readonly text: string;
  /** An index into the text; absent behind its last character. */
  readonly cursor?: number;
}

export type TextEdit =
  /** Typed or pasted text, which may contain anything. */
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'delete-before' | 'delete-after' }
  | { readonly type: 'move-left' | 'move-right' | 'move-to-start' | 'move-to-end' };

/** More than any path or address needs; what goes beyond it is dropped. */
export const maxTextCharacters = 500;

/** @returns the text as one line of at most 500 characters, without control characters */
export function fieldTextOf(text: string): string {
  const plain = text.slice(0, 4 * maxTextCharacters).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '');
  return plain.slice(0, maxTextCharacters).replace(/[\ud800-\udbff]$/, '');
}

/** @returns the field after an edit; the same object if nothing changed */
export function editText(field: FieldText, edit: TextEdit): FieldText {
  const { text, cursor = text.length } = field;
  const [before, after] = [text.slice(0, cursor), text.slice(cursor)];
  switch (edit.type) {
    case 'insert':
      return insert(field, fieldTextOf(edit.text));
    case 'delete-before':
      return fieldAt(
        field,
        before.slice(0, previous(text, cursor)) + after,
        previous(text, cursor),
      );
    case 'delete-after':
      return fieldAt(field, before + text.slice(next(text, cursor)), cursor);
    case 'move-left':
      return fieldAt(field, text, previous(text, cursor));
    case 'move-right':
      return fieldAt(field, text, next(text, cursor));
    case 'move-to-start':
      return fieldAt(field, text, 0);
    case 'move-to-end':
      return fieldAt(field, text, text.length);
  }
}

/** What is too long of the inserted text is dropped, not what was in the field before. */
function insert(field: FieldText, inserted: string): FieldText {
  const { text, cursor = text.length } = field;
  const fitting = inserted
    .slice(0, maxTextCharacters - text.length)
    .replace(/[\ud800-\udbff]$/, '');
  return fieldAt(
    field,
    text.slice(0, cursor) + fitting + text.slice(cursor),
    cursor + fitting.length,
  );
}

function fieldAt(field: FieldText, text: string, cursor: number): FieldText {
  if (text === field.text && cursor === (field.cursor ?? text.length)) return field;
  return cursor === text.length ? { text } : { text, cursor };
}

function previous(text: string, index: number): number {
  if (index === 0) return 0;
  return index - ((text.codePointAt(index - 2) ?? 0) > 0xffff ? 2 : 1);
}

function next(text: string, index: number): number {
  if (index === text.length) return index;
  return index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}
