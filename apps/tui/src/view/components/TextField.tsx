// A text field with its label, its cursor and a hint about its text. What the keys do to the text is
// state: see state/text-field.ts.

import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { Mode } from '../../state/mode.ts';
import { characterAt, type FieldText } from '../../state/text-field.ts';
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
        <Line {...mode} />
      </Box>
      <Row tone="warning">{mode.hint}</Row>
    </Box>
  );
}

const inverse = '\u{1b}[7m';
const notInverse = '\u{1b}[27m';

/**
 * The text in one line. The cursor is an inverse cell, the character under it or the space behind the
 * text, and a selected text is inverse as a whole. Of a long text the parts around the cursor are shown:
 * both sides shrink, and the cursor does not. A screen reader gets the text whole, without gaps.
 */
function Line({ text, cursor = text.length, isSelected = false }: FieldText) {
  if (useIsScreenReaderEnabled()) return <Text>{text}</Text>;
  if (isSelected) return <Text wrap="truncate-start">{inverse + text + notInverse}</Text>;
  const under = characterAt(text, cursor);
  return (
    <>
      <Text wrap="truncate-start">{text.slice(0, cursor)}</Text>
      <Box flexShrink={0}>
        <Text>{inverse + (under === '' ? ' ' : under) + notInverse}</Text>
      </Box>
      <Text wrap="truncate-end">{text.slice(cursor + under.length)}</Text>
    </>
  );
}
