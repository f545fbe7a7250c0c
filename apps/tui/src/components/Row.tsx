// One row of the screen: one line of text, cut off where the window ends, in one tone.

import { Text, type TextProps } from 'ink';
import { createContext, useContext } from 'react';

/** Whether text may be styled at all; NO_COLOR says it may not. */
export const ColourContext = createContext(true);

export type Tone = 'plain' | 'strong' | 'quiet' | 'accent' | 'warning';

const STYLES: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  strong: { bold: true },
  quiet: { dimColor: true },
  accent: { color: 'green', bold: true },
  warning: { color: 'yellow' },
};

type RowProps = { readonly tone?: Tone; readonly children: string };

/** An empty row keeps its height. */
export function Row({ tone = 'plain', children }: RowProps) {
  const isColoured = useContext(ColourContext);
  return (
    <Text wrap="truncate-end" {...(isColoured ? STYLES[tone] : {})}>
      {children === '' ? ' ' : children}
    </Text>
  );
}
