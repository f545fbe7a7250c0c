// Practice beside the canvas: the question of consent, and the summary at the end.

import { Box } from 'ink';
import type { Practice } from '../../state/practice.ts';
import { summaryLines } from '../text/summary.ts';
import { Row } from './Row.tsx';
import { Rows } from './Rows.tsx';

interface PanelProps {
  readonly columns: number;
}

export function ConsentPanel({ columns }: PanelProps) {
  const lines = [
    'The app names a digit, you draw',
    'it, and Enter has it read.',
    '',
    'May your drawings be kept, so that',
    'the network can learn from them?',
    'They go to the service that reads',
    'them, with the digit, no more.',
    '',
    'y yes    n no',
  ];
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Practice</Row>
      <Row>{''}</Row>
      <Rows rows={lines} columns={columns} />
    </Box>
  );
}

export function SummaryPanel({ practice, columns }: PanelProps & { readonly practice: Practice }) {
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Practice: drawn (down) and read (across)</Row>
      <Row>{''}</Row>
      <Rows rows={summaryLines(practice.rounds)} columns={columns} />
    </Box>
  );
}
