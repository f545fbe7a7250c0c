// The settings, one line each, the selected one marked.

import { Box } from 'ink';
import { type SettingRow, settingRows } from '../../../state/mode.ts';
import type { Settings } from '../../../state/settings.ts';
import { Row } from '../Row.tsx';

const labels: Readonly<Record<SettingRow, string>> = {
  address: 'Service',
  live: 'Live prediction',
  theme: 'Theme',
  explanation: 'Show evidence',
  'practice-consent': 'Keep practice',
};

const labelColumns = 20;

interface SettingsPanelProps {
  readonly settings: Settings;
  /** The selected row. */
  readonly row: number;
  readonly columns: number;
}

export function SettingsPanel({ settings, row, columns }: SettingsPanelProps) {
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Settings</Row>
      <Row>{''}</Row>
      {settingRows.map((setting, index) => (
        <Row key={setting} tone={index === row ? 'strong' : 'plain'}>
          {`${index === row ? '> ' : '  '}${labels[setting].padEnd(labelColumns)}${settingText(setting, settings)}`}
        </Row>
      ))}
      <Row>{''}</Row>
      <Row tone="quiet">Kept for the next session.</Row>
    </Box>
  );
}

function settingText(setting: SettingRow, settings: Settings): string {
  switch (setting) {
    case 'address':
      return settings.apiUrl ?? 'default';
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
