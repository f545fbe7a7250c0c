// Saves the drawing as a picture and opens pictures, by a path that the person types.

import { isAppError } from '../app-error.ts';
import { drawingMode, type Mode } from '../state/mode.ts';
import type { Store } from '../state/store.ts';
import { defaultPictureName } from '../storage/picture-path.ts';
import { printable } from '../untrusted-text.ts';

export interface FileEffects {
  /** Opens the text field, with a suggested name to save under. */
  begin(purpose: 'save' | 'open'): void;
  /** Completes the path in the text field as far as it is unambiguous. */
  complete(): Promise<void>;
  submit(purpose: 'save' | 'open', path: string): Promise<void>;
}

interface FileEffectsOptions {
  readonly store: Store;
  /** The time of day. */
  readonly now: () => Date;
}

const maxHintCharacters = 120;

export function createFileEffects({ store, now }: FileEffectsOptions): FileEffects {
  const hint = (text: string) =>
    store.dispatch({ type: 'hint-set', hint: printable(text, maxHintCharacters) });

  function done(text: string): void {
    store.dispatch({ type: 'mode-changed', mode: drawingMode });
    const notice = { text: printable(text, maxHintCharacters), isBad: false };
    store.dispatch({ type: 'notice-shown', notice });
  }

  /** Enter that repeats, or is pressed again while a large picture is read, does nothing. */
  let isBusy = false;

  async function save(path: string): Promise<void> {
    const { savePicture } = await import('../storage/save-picture.ts');
    done(`Saved ${await savePicture(path, store.getState().document.history.present)}`);
  }

  async function open(path: string): Promise<void> {
    const { mode } = store.getState();
    const { openPicture } = await import('../storage/open-picture.ts');
    const picture = await openPicture(path);
    // The person may have left the text field meanwhile.
    if (store.getState().mode !== mode) return;
    store.dispatch({ type: 'picture-loaded', picture });
    done(`Opened ${path}. Press u to return to the former drawing.`);
  }

  /** The text field that is being completed, or was: a key that repeats reads the folder once. */
  let completed: Mode | undefined;

  return {
    begin(purpose) {
      const text = purpose === 'save' ? defaultPictureName(now()) : '';
      const mode = { type: 'typing', purpose, text, isSelected: text !== '', hint: '' } as const;
      store.dispatch({ type: 'mode-changed', mode });
    },
    async complete() {
      const { mode } = store.getState();
      if (mode.type !== 'typing' || mode.purpose === 'address' || mode === completed) return;
      completed = mode;
      const { completePath } = await import('../storage/complete-path.ts');
      const { text, candidates } = await completePath(mode.text);
      const now = store.getState().mode;
      // The text may have changed meanwhile.
      if (now.type !== 'typing' || now.text !== mode.text) return;
      store.dispatch({ type: 'text-changed', text });
      if (candidates.length !== 1) {
        hint(candidates.length === 0 ? 'No file begins with that.' : candidates.join('  '));
      }
    },
    async submit(purpose, path) {
      if (path === '') return hint('Type a name.');
      if (isBusy) return;
      isBusy = true;
      try {
        await (purpose === 'save' ? save(path) : open(path));
      } catch (error) {
        if (!isAppError(error, 'picture')) throw error;
        hint(error.message);
      } finally {
        isBusy = false;
      }
    },
  };
}
