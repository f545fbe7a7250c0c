// Handles the keys and the pasted text that Ink parses, by the state at that moment.

import type { Key } from 'ink';
import type { Store } from '../state/store.ts';
import { layoutOf } from '../view/layout.ts';
import { type Command, commandsOf, splitKeys } from './key-commands.ts';

export interface KeyHandler {
  onKey(input: string, key: Key): void;
  onPaste(text: string): void;
}

/** In a window that is too small to show anything, `onCommand` gets nothing but `quit`. */
export function createKeyHandler(store: Store, onCommand: (command: Command) => void): KeyHandler {
  function isUsable(): boolean {
    const { capabilities, window } = store.getState();
    return capabilities.isScreenReader || layoutOf(window) !== undefined;
  }

  return {
    onKey(input, key) {
      for (const each of splitKeys(input, store.getState())) {
        const commands = commandsOf(each, key, store.getState(), performance.now());
        commands.filter(({ type }) => type === 'quit' || isUsable()).forEach(onCommand);
      }
    },
    /** Outside a text field pasted text is ignored: it is no keys. */
    onPaste(text) {
      const { mode } = store.getState();
      if (mode.type === 'typing') store.dispatch({ type: 'text-changed', text: mode.text + text });
    },
  };
}
