// Handles the keys and the pasted text that Ink parses, by the state at that moment.

import type { Key } from 'ink';
import type { Store } from '../state/store.ts';
import { layoutOf } from '../view/layout.ts';
import type { Command } from './command.ts';
import { commandsOf, splitKeys } from './key-commands.ts';
import { pasteCommands } from './paste-commands.ts';

export interface KeyHandler {
  onKey(input: string, key: Key): void;
  onPaste(text: string): void;
}

/** Commands that store, send or start something: only for keys that a person pressed. */
const deliberate: ReadonlySet<Command['type']> = new Set([
  ...(['correct', 'submit-text', 'submit-round', 'set-practice-consent'] as const),
  ...(['change-setting', 'learn', 'train', 'cancel-learning', 'stop-learning'] as const),
  ...(['watch', 'decide', 'undo-correction', 'delete-correction', 'confirm-label'] as const),
]);

/**
 * In a window that is too small to show anything, `onCommand` gets nothing but `quit`.
 * @param isBeyondTyping whether the keys come faster than a person types: from a paste without brackets,
 *   or noise
 */
export function createKeyHandler(
  store: Store,
  onCommand: (command: Command) => void,
  isBeyondTyping: () => boolean = () => false,
): KeyHandler {
  function isAllowed({ type }: Command): boolean {
    if (type === 'quit') return true;
    if (deliberate.has(type) && isBeyondTyping()) return false;
    const { capabilities, window } = store.getState();
    return capabilities.isScreenReader || layoutOf(window) !== undefined;
  }

  return {
    onKey(input, key) {
      for (const each of splitKeys(input, store.getState())) {
        const commands = commandsOf(each, key, store.getState(), performance.now());
        commands.filter(isAllowed).forEach(onCommand);
      }
    },
    onPaste(text) {
      pasteCommands(text, store.getState().mode).filter(isAllowed).forEach(onCommand);
    },
  };
}
