// The panel beside the canvas: the keys, the settings, the gate's result or practice. The answer and a training
// bypass Ink.

import { summaryTitle } from '@digits/client';
import { useContext } from 'react';
import type { State } from '../../../state/state.ts';
import { contentOf, type Layout, textAreaOf } from '../../layout.ts';
import { helpPlaceOf } from '../../places.ts';
import type { Side } from '../../side.ts';
import { type HelpPlace, helpKeyColumns, shownHelp } from '../../text/help.ts';
import type { Table } from '../../text/tables/table.ts';
import { watchFormLines } from '../../text/watch-form.ts';
import { inTone } from '../../tones.ts';
import { Panel } from '../Panel.tsx';
import { DisplayStyleContext, Rows } from '../Row.tsx';
import { ConsentPanel, SummaryPanel } from './PracticePanels.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

interface SidePanelProps {
  readonly side: Side;
  readonly state: State;
  readonly layout: Layout;
}

export function SidePanel({ side, state, layout }: SidePanelProps) {
  const area = layout.panels.side;
  const { columns } = textAreaOf(layout);
  switch (side.type) {
    case 'table':
      return (
        <Panel area={area} title={side.table.title} bottomLeft={side.table.footer}>
          <TableLines {...side.table} columns={columns} />
        </Panel>
      );
    case 'help': {
      const place = helpPlaceOf(layout);
      return (
        <Panel area={area} title={shownHelp(side.top, place).title}>
          <Help top={side.top} {...place} />
        </Panel>
      );
    }
    case 'watch-form': {
      const form = contentOf(area);
      return (
        <Panel area={area} title="Watch a network learn">
          <TableLines
            lines={watchFormLines(state.watch, side.row, form.columns)}
            columns={form.columns}
          />
        </Panel>
      );
    }
    case 'consent':
      return (
        <Panel area={area} title="Practice">
          <ConsentPanel columns={columns} />
        </Panel>
      );
    case 'summary':
      return (
        <Panel area={area} title={summaryTitle(side.practice.rounds)}>
          <SummaryPanel practice={side.practice} columns={columns} />
        </Panel>
      );
    case 'settings':
      return (
        <Panel area={area} title="Settings">
          <SettingsPanel settings={state.settings} row={side.row} columns={columns} />
        </Panel>
      );
    default:
      return null;
  }
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
