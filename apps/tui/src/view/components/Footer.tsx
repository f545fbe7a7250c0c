// Under the canvas: the tool and the corrections, the service, what there is to say, the keys.

import { Box, Text } from 'ink';
import { useContext } from 'react';
import type { State } from '../../state/state.ts';
import { type Layout, noticeRows } from '../layout.ts';
import { statusLine } from '../text/learning-line.ts';
import { statusMessageOf } from '../text/notice.ts';
import { correctionLine, keyLines, toolLine } from '../text/status.ts';
import { inTone } from '../tones.ts';
import { DisplayStyleContext, Row } from './Row.tsx';
import { TextField } from './TextField.tsx';

export interface FieldEvents {
  readonly onText: (text: string) => void;
  readonly onSubmit: (text: string) => void;
}

type FooterProps = FieldEvents & { readonly state: State; readonly layout: Layout };

export function Footer({ state, layout, onText, onSubmit }: FooterProps) {
  const { mode, service } = state;
  return (
    <Box flexDirection="column">
      <Box justifyContent="space-between">
        <Row tone="quiet">{toolLine(state)}</Row>
        <Row tone="accent">{correctionLine(state)}</Row>
      </Box>
      <Row tone={service.status === 'away' ? 'warning' : 'quiet'}>{statusLine(state)}</Row>
      <Box height={noticeRows} flexShrink={0} overflowY="hidden">
        {mode.type === 'typing' ? (
          <TextField mode={mode} onChange={onText} onSubmit={onSubmit} />
        ) : (
          <Notice state={state} />
        )}
      </Box>
      {keyLines(state, layout.keyLines).map(line => (
        <Row key={line} tone="quiet">
          {line}
        </Row>
      ))}
    </Box>
  );
}

/** Wrapped, as far as there is room for it, so that a reason can be read. */
function Notice({ state }: { readonly state: State }) {
  const style = useContext(DisplayStyleContext);
  const { text, tone } = statusMessageOf(state);
  return <Text>{inTone(text, tone, style)}</Text>;
}
