// Practice beside the canvas: the question of consent, and the summary at the end.

import { Box } from 'ink';
import type { Practice } from '../../../state/practice.ts';
import { consentLines, summaryLines } from '../../text/practice.ts';
import { Row, Rows } from '../Row.tsx';

interface PanelProps {
  readonly columns: number;
}

export function ConsentPanel({ columns }: PanelProps) {
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Practice</Row>
      <Row>{''}</Row>
      <Rows rows={consentLines} columns={columns} />
    </Box>
  );
}

export function SummaryPanel({ practice, columns }: PanelProps & { readonly practice: Practice }) {
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Drawn (down), predicted (across)</Row>
      <Row>{''}</Row>
      <Rows rows={summaryLines(practice.rounds)} columns={columns} />
    </Box>
  );
}
