// Rows of text, one under the other, as wide as they are.

import { Box } from 'ink';
import { StyledRow } from './Row.tsx';

interface RowsProps {
  readonly rows: readonly string[];
  readonly columns: number;
}

export function Rows({ rows, columns }: RowsProps) {
  return (
    <Box flexDirection="column" flexShrink={0} width={columns}>
      {rows.map((row, index) => (
        // Rows never change places: the index is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <StyledRow key={index} text={row} />
      ))}
    </Box>
  );
}
