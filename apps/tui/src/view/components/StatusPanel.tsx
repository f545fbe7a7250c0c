// Below the canvas: the tool and the corrections in the upper edge, the service, and the status message
// or a text field.

import { borderOf, type EdgeText } from '@digits/screen';
import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { State } from '../../state/state.ts';
import { type Area, contentOf, type Layout, messageRows } from '../layout.ts';
import { statusLine } from '../text/learning-line.ts';
import { correctionLine, toolLine } from '../text/status.ts';
import { statusMessageOf } from '../text/status-message.ts';
import { wrappedInto } from '../text/tables/table.ts';
import { inTone } from '../tones.ts';
import { Panel, Placed } from './Panel.tsx';
import { DisplayStyleContext, Row, Rows, StyledRow } from './Row.tsx';
import { TextField } from './TextField.tsx';

interface StatusPanelProps {
  readonly state: State;
  readonly layout: Layout;
}

export function StatusPanel({ state, layout }: StatusPanelProps) {
  const Edge = layout.isStatusBoxed ? Panel : Ruled;
  const area = layout.panels.status;
  const { columns } = layout.isStatusBoxed ? contentOf(area) : area;
  return (
    <Edge
      area={area}
      title={toolLine(state)}
      topRight={{ text: correctionLine(state), tone: 'accent' }}
    >
      <Content state={state} columns={columns} />
    </Edge>
  );
}

interface RuledProps {
  readonly area: Area;
  readonly title: string;
  readonly topRight: EdgeText;
  readonly children: ReactNode;
}

/** Without rows to spare: a rule instead of a border. */
function Ruled({ area, title, topRight, children }: RuledProps) {
  const style = useContext(DisplayStyleContext);
  const texts = { title: { text: title, tone: 'strong' }, topRight } as const;
  return (
    <Placed area={area}>
      <StyledRow text={borderOf(area.columns, texts, style).rule} />
      {children}
    </Placed>
  );
}

interface ContentProps {
  readonly state: State;
  readonly columns: number;
}

function Content({ state, columns }: ContentProps) {
  const { mode, service } = state;
  return (
    <>
      <Row tone={service.status === 'away' ? 'warning' : 'quiet'}>{statusLine(state)}</Row>
      <Box height={messageRows} flexShrink={0} overflowY="hidden">
        {mode.type === 'typing' ? (
          <TextField mode={mode} />
        ) : (
          <Message state={state} columns={columns} />
        )}
      </Box>
    </>
  );
}

/** Wrapped as far as its rows allow, so that a reason can be read. */
function Message({ state, columns }: ContentProps) {
  const style = useContext(DisplayStyleContext);
  const { text, tone } = statusMessageOf(state);
  const rows = wrappedInto(text, columns, messageRows).map(row => inTone(row, tone, style));
  return <Rows rows={rows} columns={columns} />;
}
