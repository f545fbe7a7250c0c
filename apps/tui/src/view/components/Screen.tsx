// The whole screen in a window that is large enough: title, canvas, side panel, footer.

import { Box } from 'ink';
import { memo, useContext } from 'react';
import { isListShown } from '../../state/mode.ts';
import { isEvidenceShown, type State } from '../../state/state.ts';
import { placeholderRows } from '../canvas/canvas-placeholder.ts';
import { evidenceSigns } from '../canvas/pixels.ts';
import { type CanvasArea, keyListColumns, type Layout, panelGapOf } from '../layout.ts';
import { helpPlaceOf } from '../places.ts';
import { titleLine } from '../text/status.ts';
import { inTone } from '../tones.ts';
import { Footer } from './Footer.tsx';
import { HelpPanel, SidePanel } from './panels/SidePanel.tsx';
import { DisplayStyleContext, Row, Rows, StyledRow } from './Row.tsx';

interface ScreenProps {
  readonly state: State;
  readonly layout: Layout;
}

export function Screen({ state, layout }: ScreenProps) {
  const gap = panelGapOf(layout);
  return (
    <Box
      flexDirection="column"
      marginLeft={layout.left}
      marginTop={layout.top}
      width={layout.columns}
    >
      <Title state={state} />
      <Box marginY={layout.space} flexShrink={0}>
        <Canvas {...layout.canvas} />
        <Box marginLeft={gap}>
          <SidePanel state={state} layout={layout} />
        </Box>
        {layout.isKeyListShown && (
          <Box marginLeft={gap}>
            <HelpPanel top={0} columns={keyListColumns} rows={helpPlaceOf(layout).rows} />
          </Box>
        )}
      </Box>
      <Footer state={state} layout={layout} />
    </Box>
  );
}

function Title({ state }: { readonly state: State }) {
  const isPractice = state.practice !== undefined;
  return (
    <Box justifyContent="space-between">
      <Row tone={isPractice ? 'accent' : 'strong'}>{titleLine(state)}</Row>
      {isEvidenceShown(state) && !isListShown(state.mode) && <Legend />}
    </Box>
  );
}

/** What the colours or the signs of the evidence overlay mean. */
function Legend() {
  const style = useContext(DisplayStyleContext);
  const signs = (side: 'for' | 'against') => `${evidenceSigns[side].join(' ')} `;
  const text =
    style.colours === 'none'
      ? `${signs('for')}evidence for  ${signs('against')}against`
      : `${inTone('evidence for', 'for', style)}  ${inTone('against', 'against', style)}`;
  return (
    <Box flexShrink={0}>
      <StyledRow text={text} />
    </Box>
  );
}

/** The box around the canvas adds a cell at each side. */
const borders = 2;

/** The placeholder of the canvas and its box: see canvas/canvas-placeholder.ts. */
const Canvas = memo(function Canvas({ columns, rows }: CanvasArea) {
  const placeholder = placeholderRows(columns + borders, rows + borders);
  return <Rows rows={placeholder} columns={columns + borders} />;
});
