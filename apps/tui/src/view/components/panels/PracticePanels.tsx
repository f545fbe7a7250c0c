// Practice beside the canvas: the question of consent, and the summary at the end.

import { commonMistakeLine, type Practice, scoreLines } from '@digits/client';
import { Box } from 'ink';
import { useContext } from 'react';
import type { DisplayStyle } from '../../display-style.ts';
import { type Cell, confusionRows, consentLines } from '../../text/practice.ts';
import { inTone } from '../../tones.ts';
import { DisplayStyleContext, Rows } from '../Row.tsx';

interface PanelProps {
  readonly columns: number;
}

export function ConsentPanel({ columns }: PanelProps) {
  return (
    <Box flexDirection="column" width={columns}>
      <Rows rows={consentLines} columns={columns} />
    </Box>
  );
}

export function SummaryPanel({ practice, columns }: PanelProps & { readonly practice: Practice }) {
  const style = useContext(DisplayStyleContext);
  const { rounds } = practice;
  const matrix = confusionRows(rounds).map(row =>
    row.map(cell => styledCell(cell, style)).join(''),
  );
  return (
    <Box flexDirection="column" width={columns}>
      <Rows
        rows={[...scoreLines(rounds), ...matrix, commonMistakeLine(rounds)]}
        columns={columns}
      />
    </Box>
  );
}

const inverse = '\u{1b}[7m';
const notInverse = '\u{1b}[27m';

/** Without colour the counts of mistakes are inverse. */
function styledCell({ text, tone }: Cell, style: DisplayStyle): string {
  if (style.colours !== 'none' || tone !== 'warning') return inTone(text, tone, style);
  const count = text.trimStart();
  return text.slice(0, -count.length) + inverse + count + notInverse;
}
