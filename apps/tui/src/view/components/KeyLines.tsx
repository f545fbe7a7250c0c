// The lines of keys at the bottom, and the panel of all keys. A key is set off from what it does.

import { useContext } from 'react';
import type { State } from '../../state/state.ts';
import type { DisplayStyle } from '../display-style.ts';
import {
  type Area,
  contentOf,
  keyColumnCount,
  keyColumns,
  keyGap,
  type Layout,
} from '../layout.ts';
import { helpKeyColumns, keyGrid } from '../text/help.ts';
import { hintGap, type KeyHint } from '../text/key-hint.ts';
import { keyHintLines } from '../text/keys.ts';
import { inTone } from '../tones.ts';
import { Panel, Placed } from './Panel.tsx';
import { DisplayStyleContext, Rows, StyledRow } from './Row.tsx';

interface KeyLinesProps {
  readonly state: State;
  readonly layout: Layout;
}

export function KeyLines({ state, layout }: KeyLinesProps) {
  const { keyLines: area } = layout;
  const style = useContext(DisplayStyleContext);
  const lines = keyHintLines(state, area.rows, area.columns).map(hints =>
    hints.map(hint => styledHint(hint, style)).join(hintGap),
  );
  return (
    <Placed area={area}>
      {lines.map(line => (
        <StyledRow key={line} text={line} />
      ))}
    </Placed>
  );
}

function styledHint([keys, meaning]: KeyHint, style: DisplayStyle): string {
  return `${inTone(keys, 'strong', style)} ${inTone(meaning, 'quiet', style)}`;
}

interface KeysPanelProps {
  readonly area: Area;
  /** Whether the keys have these meanings now. */
  readonly isUsed: boolean;
}

export function KeysPanel({ area, isUsed }: KeysPanelProps) {
  const style = useContext(DisplayStyleContext);
  const grid = keyGrid(keyColumnCount(area.columns));
  const rows = (grid[0] ?? []).map((_, row) =>
    grid.map(column => helpLine(column[row], isUsed, style)).join(' '.repeat(keyGap)),
  );
  return (
    <Panel area={area} title={isUsed ? 'Keys' : 'Keys of drawing'}>
      <Rows rows={rows} columns={contentOf(area).columns} />
    </Panel>
  );
}

function helpLine(
  [keys, meaning]: KeyHint = ['', ''],
  isUsed: boolean,
  style: DisplayStyle,
): string {
  const label = meaning.padEnd(keyColumns - helpKeyColumns);
  const name = inTone(keys.padEnd(helpKeyColumns), isUsed ? 'strong' : 'border', style);
  return name + inTone(label, isUsed ? 'quiet' : 'border', style);
}
