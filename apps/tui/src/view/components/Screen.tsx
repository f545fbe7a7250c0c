// The whole screen in a window that is large enough: title, canvas, what stands beside it, footer.

import { Box } from 'ink';
import type { State } from '../../state/state.ts';
import { keyListColumns, type Layout, panelGapOf } from '../layout.ts';
import { titleLine } from '../text/status.ts';
import { isStale } from '../text/wording.ts';
import { PredictionPanel } from './AnswerPanel.tsx';
import { Canvas } from './Canvas.tsx';
import { type FieldEvents, Footer } from './Footer.tsx';
import { GatePanel } from './GatePanel.tsx';
import { HelpPanel } from './HelpPanel.tsx';
import { Legend } from './Legend.tsx';
import { ConsentPanel, SummaryPanel } from './PracticePanel.tsx';
import { Row } from './Row.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

type ScreenProps = FieldEvents & { readonly state: State; readonly layout: Layout };

export function Screen({ state, layout, ...events }: ScreenProps) {
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
          <Panel state={state} layout={layout} />
        </Box>
        {layout.isKeyListShown && (
          <Box marginLeft={gap}>
            <HelpPanel columns={keyListColumns} />
          </Box>
        )}
      </Box>
      <Footer state={state} layout={layout} {...events} />
    </Box>
  );
}

function Title({ state }: { readonly state: State }) {
  const isPractice = state.practice !== undefined;
  return (
    <Box justifyContent="space-between">
      <Row tone={isPractice ? 'accent' : 'strong'}>{titleLine(state)}</Row>
      {state.isExplaining && <Legend />}
    </Box>
  );
}

/** The canvas in its box is as high as what stands beside it may be. */
const borders = 2;

interface PartProps {
  readonly state: State;
  readonly layout: Layout;
}

function Panel({ state, layout }: PartProps) {
  const { mode, settings, practice, predicted, learning } = state;
  const columns = layout.panelColumns;
  if (mode.type === 'help') return <HelpPanel columns={columns} />;
  if (mode.type === 'asking-consent') return <ConsentPanel columns={columns} />;
  if (mode.type === 'settings' || (mode.type === 'typing' && mode.purpose === 'address')) {
    const row = mode.type === 'settings' ? mode.row : 0;
    return <SettingsPanel settings={settings} row={row} columns={columns} />;
  }
  if (mode.type === 'gate' && learning.type === 'compared') {
    const rows = layout.canvas.rows + borders;
    return <GatePanel gate={learning.gate} row={mode.row} columns={columns} rows={rows} />;
  }
  if (mode.type === 'summary' && practice !== undefined) {
    return <SummaryPanel practice={practice} columns={columns} />;
  }
  return (
    <PredictionPanel prediction={predicted?.prediction} isStale={isStale(state)} layout={layout} />
  );
}
