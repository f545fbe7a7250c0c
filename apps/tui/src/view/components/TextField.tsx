// A text field with its label and a hint about its text.

import { Box } from 'ink';
import TextInput from 'ink-text-input';
import type { Mode } from '../../state/mode.ts';
import { fieldLabels } from '../text/keys.ts';
import { Row } from './Row.tsx';

export interface FieldEvents {
  readonly onText: (text: string) => void;
  /** Enter in the field. */
  readonly onSubmit: (text: string) => void;
}

interface TextFieldProps extends FieldEvents {
  readonly mode: Extract<Mode, { type: 'typing' }>;
}

export function TextField({ mode, onText, onSubmit }: TextFieldProps) {
  return (
    <Box flexDirection="column">
      <Box>
        <Box flexShrink={0}>
          <Row tone="strong">{fieldLabels[mode.purpose]}</Row>
        </Box>
        <TextInput value={mode.text} onChange={onText} onSubmit={onSubmit} />
      </Box>
      <Row tone="warning">{mode.hint}</Row>
    </Box>
  );
}
