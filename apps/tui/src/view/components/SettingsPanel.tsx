// What can be chosen, one line each, the one under the cursor marked.

import { Box } from 'ink';
import { type SettingRow, settingRows } from '../../state/mode.ts';
import type { Settings } from '../../state/settings.ts';
import { Row } from './Row.tsx';

const labels: Readonly<Record<SettingRow, string>> = {
  address: 'Service',
  live: 'Read while drawing',
  theme: 'Theme',
  explanation: 'Explain at once',
  'practice-consent': 'Keep practice',
};

const labelColumns = 20;

interface SettingsPanelProps {
  readonly settings: Settings;
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
          {`${index === row ? '> ' : '  '}${labels[setting].padEnd(labelColumns)}${choiceOf(setting, settings)}`}
        </Row>
      ))}
      <Row>{''}</Row>
      <Row tone="quiet">Kept for the next time.</Row>
    </Box>
  );
}

function choiceOf(setting: SettingRow, settings: Settings): string {
  switch (setting) {
    case 'address':
      return settings.apiUrl ?? 'the usual';
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
