// Saves the drawing, and opens drawings and pictures: by a path that the person types, or by dropping a
// file on the terminal.

import { basename } from 'node:path';
import { isAppError } from '../app-error.ts';
import { unusedFiles } from '../input/paste-commands.ts';
import { isNameOfDrawing, pastedPaths } from '../input/pasted-paths.ts';
import type { Connection } from '../service/connection.ts';
import { drawingMode, type Mode } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { defaultPictureName, pathExists } from '../storage/picture-path.ts';
import { printable } from '../untrusted-text.ts';
import { readDrawing } from './read-drawing.ts';

export interface FileEffects {
  /** Opens the text field, with a suggested name to save under. */
  begin(purpose: 'save' | 'open'): void;
  /** Completes the path in the text field as far as it is unambiguous. */
  complete(): Promise<void>;
  submit(purpose: 'save' | 'open', path: string): Promise<void>;
  /** Opens the first of some files. @param text the paste that has their paths */
  openPasted(text: string, paths: readonly string[]): Promise<void>;
}

interface FileEffectsOptions {
  readonly store: Store;
  readonly connection: Pick<Connection, 'predict'>;
  /** The time of day. */
  readonly now: () => Date;
}

const maxHintCharacters = 120;

export function createFileEffects({ store, connection, now }: FileEffectsOptions): FileEffects {
  const hint = (text: string) =>
    store.dispatch({ type: 'hint-set', hint: printable(text, maxHintCharacters) });

  function notify(text: string, isBad: boolean): void {
    const notice = { text: printable(text, maxHintCharacters), isBad };
    store.dispatch({ type: 'notice-shown', notice });
  }

  function done(text: string): void {
    store.dispatch({ type: 'mode-changed', mode: drawingMode });
    notify(text, false);
  }

  /** Enter that repeats, or is pressed again while a large picture is read, does nothing. */
  let isBusy = false;

  /** @param onError takes the message of an error that the person can do something about */
  async function once(work: () => Promise<void>, onError: (message: string) => void) {
    if (isBusy) return;
    isBusy = true;
    try {
      await work();
    } catch (error) {
      if (!isAppError(error, 'picture') && !isAppError(error, 'service')) throw error;
      if (error.code !== 'service-cancelled') onError(error.message);
    } finally {
      isBusy = false;
    }
  }

  async function save(path: string): Promise<void> {
    const { savePicture } = await import('../storage/save-picture.ts');
    done(`Saved ${await savePicture(path, store.getState().document.history.present)}`);
  }

  /** Another mode, or another text in the field, cancels it. */
  async function open(path: string, unusedCount: number): Promise<void> {
    const place = placeOf(store.getState());
    const left = new AbortController();
    const unsubscribe = store.subscribe(() => {
      if (placeOf(store.getState()) !== place) left.abort();
    });
    try {
      const drawing = await readDrawing(path, { store, connection, signal: left.signal });
      if (left.signal.aborted) return;
      store.dispatch({ type: 'drawing-loaded', drawing });
      const opened = `Opened ${basename(path)}. Press u to return to the former drawing.`;
      done(unusedCount === 0 ? opened : `${opened} ${unusedFiles(unusedCount)}`);
    } finally {
      unsubscribe();
    }
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
      const { text, cursor = text.length } = mode;
      const isOffered = mode.purpose === 'open' ? isNameOfDrawing : () => true;
      const { path, candidates } = await completePath(text.slice(0, cursor), isOffered);
      const now = store.getState().mode;
      // The text may have changed meanwhile.
      if (now.type !== 'typing' || now.text !== text || now.cursor !== mode.cursor) return;
      const changed = path + text.slice(cursor);
      store.dispatch({ type: 'text-changed', text: changed, cursor: path.length });
      if (candidates.length !== 1) {
        hint(candidates.length === 0 ? 'No matching files.' : candidates.join(', '));
      }
    },
    async submit(purpose, path) {
      if (path === '') return hint('Type a name.');
      if (purpose === 'save') return once(() => save(path), hint);
      return once(async () => {
        const [unquoted = path] = pastedPaths(path);
        const isQuoted = unquoted !== path && !(await pathExists(path));
        hint('Opening …');
        await open(isQuoted ? unquoted : path, 0);
      }, hint);
    },
    async openPasted(text, [unquoted = '', ...others]) {
      if (isBusy) return notify('Another file is still being opened; this one was not used.', true);
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
      return once(
        async () => {
          // Not every program quotes, and then quotes are a part of the name.
          const isPlain = text.trim() !== unquoted && (await pathExists(text.trim()));
          const [path, unusedCount] = isPlain ? [text.trim(), 0] : [unquoted, others.length];
          notify(`Opening ${basename(path)} …`, false);
          await open(path, unusedCount);
        },
        message => notify(message, true),
      );
    },
  };
}

function placeOf({ mode }: State): string {
  return mode.type === 'typing' ? `${mode.type} ${mode.text}` : mode.type;
}
