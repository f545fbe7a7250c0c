// The app for a screen reader: sentences, one a line, without boxes, bars and colours.

import { Box, Text } from 'ink';
import { correctionLine, keyLines, titleLine, toolLine } from '../screen/status.ts';
import { summaryLines } from '../screen/summary.ts';
import { askingLine, serviceLine, spokenReading } from '../screen/wording.ts';
import type { State } from '../state/state.ts';
import type { FieldEvents } from './Footer.tsx';
import { TextField } from './TextField.tsx';

type SpokenScreenProps = FieldEvents & { readonly state: State };

export function SpokenScreen({ state, onText, onSubmit }: SpokenScreenProps) {
  const { mode, practice, notice, service } = state;
  const lines = [
    titleLine(state),
    mode.kind === 'correcting' ? 'Which digit is it really?' : spokenReading(state),
    `${toolLine(state)}.`,
    correctionLine(state),
    notice?.text ?? askingLine(state),
    serviceLine(service),
    ...(mode.kind === 'summary' ? summaryLines(practice?.rounds ?? []).slice(0, 1) : []),
    ...(mode.kind === 'consenting' ? ['May your drawings be kept for training?'] : []),
    ...keyLines(state, 2),
  ];
  return (
    <Box flexDirection="column">
      {lines
        .filter(line => line !== '')
        .map(line => (
          <Text key={line}>{line}</Text>
        ))}
      {mode.kind === 'typing' && <TextField mode={mode} onChange={onText} onSubmit={onSubmit} />}
    </Box>
  );
}
