// The panel beside the canvas, as the mode has it: the keys, the settings, the gate's result or practice.
// Without any there is the answer, which bypasses Ink.

import { summaryTitle } from '@digits/client';
import { useContext } from 'react';
import type { Mode } from '../../../state/mode.ts';
import type { State } from '../../../state/state.ts';
import { contentOf, type Layout, textAreaOf } from '../../layout.ts';
import { helpPlaceOf, tableOf } from '../../places.ts';
import { type HelpPlace, helpKeyColumns, shownHelp } from '../../text/help.ts';
import type { Table } from '../../text/tables/table.ts';
import { watchFormLines } from '../../text/watch-form.ts';
import { inTone } from '../../tones.ts';
import { Panel } from '../Panel.tsx';
import { DisplayStyleContext, Rows } from '../Row.tsx';
import { ConsentPanel, SummaryPanel } from './PracticePanels.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

interface SidePanelProps {
  readonly state: State;
  readonly layout: Layout;
}

export function SidePanel({ state, layout }: SidePanelProps) {
  const { mode, settings, practice } = state;
  const area = layout.panels.side;
  const { columns } = textAreaOf(layout);
  const table = tableOf(state, layout);
  if (table !== undefined) {
    return (
      <Panel area={area} title={table.title} bottomLeft={table.footer}>
        <TableLines {...table} columns={columns} />
      </Panel>
    );
  }
  if (mode.type === 'help') {
    const place = helpPlaceOf(layout);
    return (
      <Panel area={area} title={shownHelp(mode.top, place).title}>
        <Help top={mode.top} {...place} />
      </Panel>
    );
  }
  if (mode.type === 'choosing-training') {
    const form = contentOf(area);
    return (
      <Panel area={area} title="Watch a network learn">
        <TableLines
          lines={watchFormLines(state.watch, mode.row, form.columns)}
          columns={form.columns}
        />
      </Panel>
    );
  }
  if (mode.type === 'asking-consent') {
    return (
      <Panel area={area} title="Practice">
        <ConsentPanel columns={columns} />
      </Panel>
    );
  }
  if (mode.type === 'summary' && practice !== undefined) {
    return (
      <Panel area={area} title={summaryTitle(practice.rounds)}>
        <SummaryPanel practice={practice} columns={columns} />
      </Panel>
    );
  }
  const row = settingsRowOf(mode);
  if (row !== undefined) {
    return (
      <Panel area={area} title="Settings">
        <SettingsPanel settings={settings} row={row} columns={columns} />
      </Panel>
    );
  }
  return null;
}

/** The address, which is the first setting, is typed below the settings. */
function settingsRowOf(mode: Mode): number | undefined {
  if (mode.type === 'settings') return mode.row;
  return mode.type === 'typing' && mode.purpose === 'address' ? 0 : undefined;
}

type TableLinesProps = Pick<Table, 'lines'> & { readonly columns: number };

/** A table, or the form of a network to watch. */
function TableLines({ lines, columns }: TableLinesProps) {
  const style = useContext(DisplayStyleContext);
  const rows = lines.map(({ text, tone }) => inTone(text, tone, style));
  return <Rows rows={rows} columns={columns} />;
}

interface HelpProps extends HelpPlace {
  /** The rows that were scrolled away. */
  readonly top: number;
}

/** Every key and what it does, as many as fit. */
function Help({ top, ...place }: HelpProps) {
  const style = useContext(DisplayStyleContext);
  const lines = shownHelp(top, place).rows.map(
    ({ keys, meaning }) => inTone(keys.padEnd(helpKeyColumns), 'strong', style) + meaning,
  );
  return <Rows rows={lines} columns={place.columns} />;
}
