// The keys that the mouse types: a click on the hint of a key types that key, a click on a setting
// or on an arrow of a form changes the value, and the wheel scrolls a list.

import { settingRows } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import type { MouseEvent } from '../terminal/mouse-report.ts';
import { keyAt, settingAt, watchArrowAt } from '../view/places.ts';
import { isListMode } from './mouse-actions.ts';

/** What a terminal sends for the keys that have a name. */
const sequences: Readonly<Record<string, string>> = {
  Enter: '\r',
  Esc: '\u{1b}',
  Tab: '\t',
  Space: ' ',
  'Ctrl+C': '\u{3}',
};

const arrows = {
  ...{ up: '\u{1b}[A', down: '\u{1b}[B' },
  ...{ right: '\u{1b}[C', left: '\u{1b}[D' },
} as const;

/** @returns what a terminal would send for the key; empty if the mouse types none. */
export function mouseKeys(event: MouseEvent, state: State): string {
  if (event.type === 'wheel') return isListMode(state.mode) ? arrows[event.direction] : '';
  if (event.type !== 'press' || event.button !== 'left') return '';
  // The press has selected the setting.
  if (settingRows[settingAt(state, event) ?? -1] !== undefined) return '\r';
  const arrow = watchArrowAt(state, event);
  if (arrow !== undefined) return arrows[arrow];
  const name = keyAt(state, event) ?? '';
  return sequences[name] ?? (/^[!-~]$/.test(name) ? name : '');
}
