// Changes what a person has chosen, and keeps it on disk.

import { drawingMode, type SettingRow, settingRows } from '../state/mode.ts';
import { isServiceUrl, type Settings, themes } from '../state/settings.ts';
import type { Store } from '../state/store.ts';

export interface SettingsEffects {
  change(settings: Partial<Settings>): void;
  /** Takes the next choice of a row; the address is typed. */
  selectNext(row: SettingRow): void;
  submitAddress(text: string): void;
  /** Settles when all changes are on disk, or could not be kept. */
  flushed(): Promise<void>;
}

interface SettingsEffectsOptions {
  readonly store: Store;
  /** Rejects with what the file system says. */
  readonly write: (settings: Settings) => Promise<void>;
  /** Goes over to the service at an address; without one, to the usual one. */
  readonly connectTo: (apiUrl: string | undefined) => void;
}

export function createSettingsEffects({
  store,
  write,
  connectTo,
}: SettingsEffectsOptions): SettingsEffects {
  // One after the other, so that the last change is what stays.
  let written = Promise.resolve();

  function change(settings: Partial<Settings>): void {
    store.dispatch({ type: 'settings-changed', settings });
    const whole = store.getState().settings;
    written = written
      .then(() => write(whole))
      .catch((error: unknown) => {
        const text = `The settings hold for now but could not be kept: ${messageOf(error)}`;
        store.dispatch({ type: 'notice-shown', notice: { text, isBad: true } });
      });
  }

  function backToSettings(): void {
    const row = settingRows.indexOf('address');
    store.dispatch({ type: 'mode-changed', mode: { type: 'settings', row } });
  }

  return {
    change,
    flushed: () => written,
    selectNext(row) {
      const { settings } = store.getState();
      switch (row) {
        case 'address': {
          const text = settings.apiUrl ?? '';
          const mode = { type: 'typing', purpose: 'address', text, hint: '' } as const;
          return store.dispatch({ type: 'mode-changed', mode });
        }
        case 'live':
          return change({ isLive: !settings.isLive });
        case 'theme':
          return change({ theme: after(themes, settings.theme) });
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
        return store.dispatch({ type: 'hint-set', hint: 'It must be an http or https address.' });
      }
      const apiUrl = text === '' ? undefined : text;
      if (apiUrl === store.getState().settings.apiUrl) return backToSettings();
      store.dispatch({ type: 'mode-changed', mode: drawingMode });
      change({ apiUrl });
      connectTo(apiUrl);
    },
  };
}

function after<Choice>(choices: readonly Choice[], choice: Choice): Choice {
  return choices[(choices.indexOf(choice) + 1) % choices.length] ?? choice;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}
