// The app for a screen reader: sentences, one a line, without boxes, bars and colours.

import { consentQuestion, scoreLines } from '@digits/client';
import { Box, Text } from 'ink';
import type { Mode } from '../../state/mode.ts';
import type { State } from '../../state/state.ts';
import { spokenInside } from '../inside/inside-text.ts';
import { canvasHint } from '../text/canvas-hint.ts';
import { statusLine } from '../text/learning-line.ts';
import { spokenPrediction } from '../text/prediction.ts';
import { spokenEvidence, spokenKeyLines, spokenPanel } from '../text/spoken.ts';
import { correctionLine, titleLine, toolLine } from '../text/status.ts';
import { statusMessageOf } from '../text/status-message.ts';
import { spokenCorrections } from '../text/tables/corrections-table.ts';
import { spokenGate } from '../text/tables/gate-table.ts';
import { spokenPlan } from '../text/tables/learning-plan.ts';
import { spokenWatch } from '../text/watch-form.ts';
import { TextField } from './TextField.tsx';

/** Modes that are about something else than the drawing. */
const withoutPrediction: ReadonlySet<Mode['type']> = new Set([
  'correcting',
  'corrections',
  'confirming-deletion',
  'choosing-training',
  'watching',
]);

interface SpokenScreenProps {
  readonly state: State;
}

export function SpokenScreen({ state }: SpokenScreenProps) {
  const { mode, practice } = state;
  const lines = [
    titleLine(state),
    ...(withoutPrediction.has(mode.type) ? [] : [spokenPrediction(state)]),
    canvasHint(state).join(' '),
    spokenEvidence(state),
    ...spokenInside(state),
    ...spokenPanel(state),
    `${toolLine(state)}.`,
    correctionLine(state),
    statusMessageOf(state).text,
    statusLine(state),
    ...spokenTable(state),
    ...spokenWatch(state),
    ...(mode.type === 'summary' ? scoreLines(practice?.rounds ?? []) : []),
    ...(mode.type === 'asking-consent' ? [consentQuestion] : []),
    ...spokenKeyLines(state),
  ];
  return (
    <Box flexDirection="column">
      {lines
        .filter(line => line !== '')
        .map(line => (
          <Text key={line}>{line}</Text>
        ))}
      {mode.type === 'typing' && <TextField mode={mode} />}
    </Box>
  );
}

/** The list of corrections, what can be learnt, or the gate's result, in sentences. */
function spokenTable(state: State): string[] {
  const { mode, learning, review } = state;
  if (mode.type === 'corrections' || mode.type === 'confirming-deletion') {
    return spokenCorrections(review, mode.row);
  }
  if (mode.type === 'confirming-training' && learning.type === 'checked') {
    return spokenPlan(state, learning.plan);
  }
  if (mode.type === 'gate' && learning.type === 'compared') {
    return spokenGate(learning.gate, mode.row);
  }
  return [];
}
