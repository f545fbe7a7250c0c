// One row of the screen: one line of text, cut off where its place ends, in one tone.

import { Text } from 'ink';
import { createContext, memo, useContext } from 'react';
import type { DisplayStyle } from '../display-style.ts';
import { inTone, type Tone } from '../tones.ts';

/** How everything on the screen looks. */
export const DisplayStyleContext = createContext<DisplayStyle>({
  colours: 'none',
  theme: 'dark',
  glyphs: 'unicode',
  lines: 'round',
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
