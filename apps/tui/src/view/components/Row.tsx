// Rows of text: one line, cut off where its place ends, in one tone; and several, one below the
// other.

import { Box, Text } from 'ink';
import { createContext, memo, useContext } from 'react';
import type { DisplayStyle } from '../display-style.ts';
import { inTone, type Tone } from '../tones.ts';

/** The display style of all that is on the screen. */
export const DisplayStyleContext = createContext<DisplayStyle>({
  colours: 'none',
  theme: 'dark',
  glyphs: 'unicode',
});

/** Text that has its own control sequences already. An empty row keeps its height. */
export const StyledRow = memo(function StyledRow({ text }: { readonly text: string }) {
  return <Text wrap="truncate-end">{text === '' ? ' ' : text}</Text>;
});

interface RowProps {
  readonly tone?: Tone;
  readonly children: string;
}

export function Row({ tone = 'plain', children }: RowProps) {
  return <StyledRow text={inTone(children, tone, useContext(DisplayStyleContext))} />;
}

interface RowsProps {
  readonly rows: readonly string[];
  readonly columns: number;
}

/** Styled rows in a column of fixed width. */
export function Rows({ rows, columns }: RowsProps) {
  return (
    <Box flexDirection="column" flexShrink={0} width={columns}>
      {rows.map((row, index) => (
        // Rows never change places: a row is identified by its index.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <StyledRow key={index} text={row} />
      ))}
    </Box>
  );
}
