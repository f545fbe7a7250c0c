// Below the canvas: the tool and the corrections, the service, the status message, the keys.

import { Box, Text } from 'ink';
import { useContext } from 'react';
import type { State } from '../../state/state.ts';
import { type Layout, messageRows } from '../layout.ts';
import { keyLines } from '../text/keys.ts';
import { statusLine } from '../text/learning-line.ts';
import { correctionLine, toolLine } from '../text/status.ts';
import { statusMessageOf } from '../text/status-message.ts';
import { inTone } from '../tones.ts';
import { DisplayStyleContext, Row } from './Row.tsx';
import { TextField } from './TextField.tsx';

interface FooterProps {
  readonly state: State;
  readonly layout: Layout;
}

export function Footer({ state, layout }: FooterProps) {
  const { mode, service } = state;
  return (
    <Box flexDirection="column">
      <Box justifyContent="space-between">
        <Row tone="quiet">{toolLine(state)}</Row>
        <Row tone="accent">{correctionLine(state)}</Row>
      </Box>
      <Row tone={service.status === 'away' ? 'warning' : 'quiet'}>{statusLine(state)}</Row>
      <Box height={messageRows} flexShrink={0} overflowY="hidden">
        {mode.type === 'typing' ? <TextField mode={mode} /> : <Message state={state} />}
      </Box>
      {keyLines(state, layout.keyLines).map(line => (
        <Row key={line} tone="quiet">
          {line}
        </Row>
      ))}
    </Box>
  );
}

/** Wrapped as far as its rows allow, so that a reason can be read. */
function Message({ state }: { readonly state: State }) {
  const style = useContext(DisplayStyleContext);
  const { text, tone } = statusMessageOf(state);
  return <Text>{inTone(text, tone, style)}</Text>;
}
