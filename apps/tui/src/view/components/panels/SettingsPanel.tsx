// The settings, one line each, the selected one marked.

import { Box } from 'ink';
import { settingRows } from '../../../state/mode.ts';
import type { Settings } from '../../../state/settings.ts';
import { settingLabels, settingText } from '../../text/settings.ts';
import { Row } from '../Row.tsx';

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
      {settingRows.map((setting, index) => (
        <Row key={setting} tone={index === row ? 'strong' : 'plain'}>
          {`${index === row ? '> ' : '  '}${settingLabels[setting].padEnd(labelColumns)}${settingText(setting, settings)}`}
        </Row>
      ))}
      <Row>{''}</Row>
      <Row tone="quiet">Kept for the next session.</Row>
    </Box>
  );
}
