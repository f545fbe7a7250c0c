// The commands of pasted text in each mode. A file that is dropped on the terminal is pasted as a path.

import type { Mode } from '../state/mode.ts';
import { type Command, dispatch } from './command.ts';
import { pastedPaths } from './pasted-paths.ts';

/** The modes that a dropped file leaves for its drawing. A paste answers no question of the others. */
const modesLeft: ReadonlySet<Mode['type']> = new Set([
  ...(['drawing', 'inside', 'correcting', 'help', 'settings', 'corrections'] as const),
]);

export function pasteCommands(text: string, mode: Mode): Command[] {
  const paths = pastedPaths(text);
  if (mode.type === 'typing') return fieldCommands(text, mode.purpose === 'address' ? [] : paths);
  if (!modesLeft.has(mode.type) || text.trim() === '') return [];
  if (paths.length > 0) return [{ type: 'open-files', text, paths }];
  const notice = {
    text: 'The pasted text was not used: it is not the path of a file.',
    isBad: true,
  };
  return [dispatch({ type: 'notice-shown', notice })];
}

/** Of several paths a text field takes the first. */
function fieldCommands(text: string, [path = text, ...others]: readonly string[]): Command[] {
  const inserted = { type: 'insert', text: path } as const;
  const edit = dispatch({ type: 'text-edited', edit: inserted });
  if (others.length === 0) return [edit];
  const hint = unusedFiles(others.length);
  return [edit, dispatch({ type: 'hint-set', hint })];
}

/** @returns a sentence about the other files of a paste */
export function unusedFiles(count: number): string {
  return count === 1 ? '1 more file was not used.' : `${count} more files were not used.`;
}
