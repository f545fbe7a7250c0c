// A text field with its label, its cursor and a hint about its text. What the keys do to the text is
// state: see state/text-field.ts.

import { Box, Text } from 'ink';
import type { Mode } from '../../state/mode.ts';
import type { FieldText } from '../../state/text-field.ts';
import { fieldLabels } from '../text/keys.ts';
import { Row } from './Row.tsx';

interface TextFieldProps {
  readonly mode: Extract<Mode, { type: 'typing' }>;
}

export function TextField({ mode }: TextFieldProps) {
  return (
    <Box flexDirection="column">
      <Box>
        <Box flexShrink={0}>
          <Row tone="strong">{fieldLabels[mode.purpose]}</Row>
        </Box>
        <Text>{withCursor(mode)}</Text>
      </Box>
      <Row tone="warning">{mode.hint}</Row>
    </Box>
  );
}

const inverse = '\u{1b}[7m';
const notInverse = '\u{1b}[27m';

/** The cursor is an inverse cell: the character under it, or the space behind the text. */
function withCursor({ text, cursor = text.length }: FieldText): string {
  const under = String.fromCodePoint(text.codePointAt(cursor) ?? 0x20);
  const after = text.slice(cursor + under.length);
  return `${text.slice(0, cursor)}${inverse}${under}${notInverse}${after}`;
}
