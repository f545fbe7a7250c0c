// A text field with its label, and what there is to say about its text.

import { Box } from 'ink';
import TextInput from 'ink-text-input';
import type { Mode } from '../../state/mode.ts';
import { fieldLabels } from '../text/status.ts';
import { Row } from './Row.tsx';

interface TextFieldProps {
  readonly mode: Extract<Mode, { type: 'typing' }>;
  readonly onChange: (text: string) => void;
  readonly onSubmit: (text: string) => void;
}

export function TextField({ mode, onChange, onSubmit }: TextFieldProps) {
  return (
    <Box flexDirection="column">
      <Box>
        <Box flexShrink={0}>
          <Row tone="strong">{fieldLabels[mode.purpose]}</Row>
        </Box>
        <TextInput value={mode.text} onChange={onChange} onSubmit={onSubmit} />
      </Box>
      <Row tone="warning">{mode.hint}</Row>
    </Box>
  );
}
