// The settings in words: their names and values.

import { shownAddress } from '@digits/protocol/address';
import type { SettingRow } from '../../state/mode.ts';
import type { Settings } from '../../state/settings.ts';

export const settingLabels: Readonly<Record<SettingRow, string>> = {
  address: 'Service',
  live: 'Live prediction',
  theme: 'Theme',
  explanation: 'Show evidence',
  'practice-consent': 'Keep practice',
};

export function settingText(setting: SettingRow, settings: Settings): string {
  switch (setting) {
    case 'address':
      return shownAddress(settings.apiUrl ?? 'default');
    case 'live':
      return settings.isLive ? 'yes' : 'no';
    case 'theme':
      return settings.theme;
    case 'explanation':
      return settings.isExplaining ? 'yes' : 'no';
    case 'practice-consent': {
      const words = { undecided: 'not asked', given: 'yes', refused: 'no' } as const;
      return words[settings.practiceConsent];
    }
  }
}
