// The keys that edit the text of a text field: those of shells (readline), and of editors with arrows.

import type { Key } from 'ink';
import type { TextEdit } from '../state/text-field.ts';

type Edit = Exclude<TextEdit['type'], 'insert'>;

const controlKeys: ReadonlyMap<string, Edit> = new Map([
  ['a', 'move-to-start'],
  ['e', 'move-to-end'],
  ['b', 'move-left'],
  ['f', 'move-right'],
  ['d', 'delete-after'],
  ['t', 'swap'],
  ['u', 'cut-to-start'],
  ['k', 'cut-to-end'],
  ['w', 'cut-name-before'],
  ['y', 'insert-cut'],
]);

const altKeys: ReadonlyMap<string, Edit> = new Map([
  ['b', 'move-word-left'],
  ['f', 'move-word-right'],
  ['d', 'cut-word-after'],
]);

/** @returns undefined for keys that have no meaning in a text field, and for those that do more */
export function textEditOf(input: string, key: Key): TextEdit | undefined {
  const type = namedKeyEdit(key) ?? modifiedKeyEdit(input, key);
  if (type !== undefined) return { type };
  return input === '' || key.ctrl || key.meta ? undefined : { type: 'insert', text: input };
}

/** With Ctrl or Alt, arrows and deletions are by word. */
function namedKeyEdit(key: Key): Edit | undefined {
  const isByWord = key.ctrl || key.meta;
  if (key.backspace) return isByWord ? 'cut-word-before' : 'delete-before';
  if (key.delete) return isByWord ? 'cut-word-after' : 'delete-after';
  if (key.leftArrow) return isByWord ? 'move-word-left' : 'move-left';
  if (key.rightArrow) return isByWord ? 'move-word-right' : 'move-right';
  if (key.home) return 'move-to-start';
  return key.end ? 'move-to-end' : undefined;
}

function modifiedKeyEdit(input: string, key: Key): Edit | undefined {
  if (key.ctrl) return controlKeys.get(input);
  return key.meta ? altKeys.get(input.toLowerCase()) : undefined;
}
