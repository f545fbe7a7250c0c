// Below the canvas: the tool and the corrections in the upper edge, the service, and the status message
// or a text field.

import { borderOf } from '@digits/screen';
import { Box, Text } from 'ink';
import { useContext } from 'react';
import type { State } from '../../state/state.ts';
import { type Area, type Layout, messageRows } from '../layout.ts';
import { statusLine } from '../text/learning-line.ts';
import { correctionLine, toolLine } from '../text/status.ts';
import { statusMessageOf } from '../text/status-message.ts';
import { inTone } from '../tones.ts';
import { Panel, Placed } from './Panel.tsx';
import { DisplayStyleContext, Row, StyledRow } from './Row.tsx';
import { TextField } from './TextField.tsx';

interface StatusPanelProps {
  readonly state: State;
  readonly layout: Layout;
}

export function StatusPanel({ state, layout }: StatusPanelProps) {
  const { status } = layout.panels;
  const corrections = { text: correctionLine(state), tone: 'accent' } as const;
  if (layout.isStatusBoxed) {
    return (
      <Panel area={status} title={toolLine(state)} topRight={corrections}>
        <Content state={state} />
      </Panel>
    );
  }
  return <Ruled state={state} area={status} />;
}

/** Without rows to spare: a rule instead of a border. */
function Ruled({ state, area }: { readonly state: State; readonly area: Area }) {
  const style = useContext(DisplayStyleContext);
  const title = { text: toolLine(state), tone: 'strong' } as const;
  const topRight = { text: correctionLine(state), tone: 'accent' } as const;
  const rule = borderOf(area.columns, { title, topRight }, style).rule;
  return (
    <Placed area={area}>
      <StyledRow text={rule} />
      <Content state={state} />
    </Placed>
  );
}

function Content({ state }: { readonly state: State }) {
  const { mode, service } = state;
  return (
    <>
      <Row tone={service.status === 'away' ? 'warning' : 'quiet'}>{statusLine(state)}</Row>
      <Box height={messageRows} flexShrink={0} overflowY="hidden">
        {mode.type === 'typing' ? <TextField mode={mode} /> : <Message state={state} />}
      </Box>
    </>
  );
}

/** Wrapped as far as its rows allow, so that a reason can be read. */
function Message({ state }: { readonly state: State }) {
  const style = useContext(DisplayStyleContext);
  const { text, tone } = statusMessageOf(state);
  return <Text>{inTone(text, tone, style)}</Text>;
}
