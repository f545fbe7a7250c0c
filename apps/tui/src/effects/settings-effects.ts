// Changes the settings and writes them to disk.

import { shownAddress } from '@digits/protocol/address';
import { systemErrorText } from '../app-error.ts';
import { drawingMode, type SettingRow, settingRows } from '../state/mode.ts';
import { isServiceUrl, type Settings, themes } from '../state/settings.ts';
import type { Store } from '../state/store.ts';

export interface SettingsEffects {
  change(settings: Partial<Settings>): void;
  /** Selects the next choice of a row or the one before; for the address it opens the text field. */
  select(row: SettingRow, steps: 1 | -1): void;
  submitAddress(text: string): void;
  /** Settles when all changes are written, or could not be. */
  flushed(): Promise<void>;
}

interface SettingsEffectsOptions {
  readonly store: Store;
  /** Rejects with the error of the file system. */
  readonly write: (settings: Settings) => Promise<void>;
  /** Connects to the service at an address; without one, to the usual service. */
  readonly connectTo: (apiUrl: string | undefined) => void;
}

export function createSettingsEffects({
  store,
  write,
  connectTo,
}: SettingsEffectsOptions): SettingsEffects {
  // One write after the other, so that the last change remains.
  let written = Promise.resolve();

  function change(settings: Partial<Settings>): void {
    store.dispatch({ type: 'settings-changed', settings });
    const { settings: changed } = store.getState();
    written = written
      .then(() => write(changed))
      .catch((error: unknown) => {
        const text = `The settings apply to this session but could not be saved: ${systemErrorText(error)}.`;
        store.dispatch({ type: 'notice-shown', notice: { text, isBad: true, about: 'settings' } });
      });
  }

  function returnToSettings(): void {
    const row = settingRows.indexOf('address');
    store.dispatch({ type: 'mode-changed', mode: { type: 'settings', row } });
  }

  return {
    change,
    flushed: () => written,
    select(row, steps) {
      const { settings } = store.getState();
      switch (row) {
        case 'address': {
          const text = shownAddress(settings.apiUrl ?? '');
          const isSelected = text !== '';
          const mode = { type: 'typing', purpose: 'address', text, isSelected, hint: '' } as const;
          return store.dispatch({ type: 'mode-changed', mode });
        }
        case 'live':
          return change({ isLive: !settings.isLive });
        case 'theme':
          return change({ theme: choiceAfter(themes, settings.theme, steps) });
        case 'explanation':
          return change({ isExplaining: !settings.isExplaining });
        case 'practice-consent':
          return change({
            practiceConsent: settings.practiceConsent === 'given' ? 'refused' : 'given',
          });
      }
    },
    submitAddress(text) {
      if (text !== '' && !isServiceUrl(text)) {
        return store.dispatch({
          type: 'hint-set',
          hint: 'The address must begin with http:// or https://.',
        });
      }
      const apiUrl = text === '' ? undefined : text;
      // A password is not in the field, and is kept when the rest is.
      const { apiUrl: before = '' } = store.getState().settings;
      if (text === before || text === shownAddress(before)) return returnToSettings();
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
      change({ apiUrl });
      connectTo(apiUrl);
    },
  };
}

function choiceAfter<Choice>(choices: readonly Choice[], choice: Choice, steps: number): Choice {
  return choices.at((choices.indexOf(choice) + steps) % choices.length) ?? choice;
}
