// Every key and what it does, beside the canvas.

import { Box } from 'ink';
import { useContext } from 'react';
import { keyHints } from '../text/status.ts';
import { inTone } from '../tones.ts';
import { DisplayStyleContext, Row } from './Row.tsx';
import { Rows } from './Rows.tsx';

const keyColumns = 12;

export function HelpPanel({ columns }: { readonly columns: number }) {
  const style = useContext(DisplayStyleContext);
  const rows = keyHints.map(([keys, meaning]) => {
    return inTone(keys.padEnd(keyColumns), 'strong', style) + meaning;
  });
  return (
    <Box flexDirection="column" width={columns}>
      <Row tone="accent">Keys</Row>
      <Rows rows={rows} columns={columns} />
    </Box>
  );
}
