// The panel beside the canvas, as the mode has it: the prediction, unless the keys, the settings,
// the gate's result or practice take its place.

import { Box } from 'ink';
import { useContext } from 'react';
import { isStale, type State, shownPrediction } from '../../../state/state.ts';
import type { Layout } from '../../layout.ts';
import { helpPlaceOf, tableLinesOf } from '../../places.ts';
import { type HelpPlace, helpKeyColumns, shownHelp } from '../../text/help.ts';
import type { TableLine } from '../../text/table.ts';
import { inTone } from '../../tones.ts';
import { DisplayStyleContext, Row, Rows } from '../Row.tsx';
import { ConsentPanel, SummaryPanel } from './PracticePanels.tsx';
import { PredictionPanel } from './PredictionPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

interface SidePanelProps {
  readonly state: State;
  readonly layout: Layout;
}

export function SidePanel({ state, layout }: SidePanelProps) {
  const { mode, settings, practice } = state;
  const columns = layout.panelColumns;
  if (mode.type === 'help') return <HelpPanel top={mode.top} {...helpPlaceOf(layout)} />;
  if (mode.type === 'asking-consent') return <ConsentPanel columns={columns} />;
  if (mode.type === 'settings' || (mode.type === 'typing' && mode.purpose === 'address')) {
    const row = mode.type === 'settings' ? mode.row : 0;
    return <SettingsPanel settings={settings} row={row} columns={columns} />;
  }
  const table = tableLinesOf(state, layout);
  if (table !== undefined) return <TablePanel lines={table} columns={columns} />;
  if (mode.type === 'summary' && practice !== undefined) {
    return <SummaryPanel practice={practice} columns={columns} />;
  }
  return (
    <PredictionPanel
      prediction={shownPrediction(state)?.prediction}
      isStale={isStale(state)}
      layout={layout}
    />
  );
}

interface TablePanelProps {
  readonly lines: readonly TableLine[];
  readonly columns: number;
}

/** A table: the gate's result, the list of corrections, or what can be learnt. */
function TablePanel({ lines, columns }: TablePanelProps) {
  const style = useContext(DisplayStyleContext);
  const rows = lines.map(({ text, tone }) => inTone(text, tone, style));
  return <Rows rows={rows} columns={columns} />;
}

interface HelpPanelProps extends HelpPlace {
  /** The rows that were scrolled away. */
  readonly top: number;
}

/** Every key and what it does, as many as fit. */
export function HelpPanel({ top, ...place }: HelpPanelProps) {
  const style = useContext(DisplayStyleContext);
  const { title, rows } = shownHelp(top, place);
  const lines = rows.map(
    ({ keys, meaning }) => inTone(keys.padEnd(helpKeyColumns), 'strong', style) + meaning,
  );
  return (
    <Box flexDirection="column" width={place.columns}>
      <Row tone="accent">{title}</Row>
      <Rows rows={lines} columns={place.columns} />
    </Box>
  );
}
