// The app for a screen reader: sentences, one a line, without boxes, bars and colours.

import { Box, Text } from 'ink';
import type { State } from '../../state/state.ts';
import { statusLine } from '../text/learning-line.ts';
import { statusMessageOf } from '../text/notice.ts';
import { correctionLine, keyLines, titleLine, toolLine } from '../text/status.ts';
import { summaryLines } from '../text/summary.ts';
import { spokenPrediction } from '../text/wording.ts';
import type { FieldEvents } from './Footer.tsx';
import { TextField } from './TextField.tsx';

type SpokenScreenProps = FieldEvents & { readonly state: State };

export function SpokenScreen({ state, onText, onSubmit }: SpokenScreenProps) {
  const { mode, practice } = state;
  const lines = [
    titleLine(state),
    ...(mode.type === 'correcting' ? [] : [spokenPrediction(state)]),
    `${toolLine(state)}.`,
    correctionLine(state),
    statusMessageOf(state).text,
    statusLine(state),
    ...(mode.type === 'summary' ? summaryLines(practice?.rounds ?? []).slice(0, 1) : []),
    ...(mode.type === 'asking-consent' ? ['May your drawings be kept for training?'] : []),
    ...keyLines(state, 2),
  ];
  return (
    <Box flexDirection="column">
      {lines
        .filter(line => line !== '')
        .map(line => (
          <Text key={line}>{line}</Text>
        ))}
      {mode.type === 'typing' && <TextField mode={mode} onChange={onText} onSubmit={onSubmit} />}
    </Box>
  );
}
