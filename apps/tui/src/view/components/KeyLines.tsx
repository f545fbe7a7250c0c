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
import { hintGap, type KeyHint, keyHintLines } from '../text/keys.ts';
import { inTone } from '../tones.ts';
import { Panel, Placed } from './Panel.tsx';
import { DisplayStyleContext, Rows, StyledRow } from './Row.tsx';

interface KeyLinesProps {
  readonly state: State;
  readonly layout: Layout;
}

export function KeyLines({ state, layout }: KeyLinesProps) {
  const { keyLines: area, panels } = layout;
  const style = useContext(DisplayStyleContext);
  const lines = keyHintLines(state, area.rows, area.columns).map(hints =>
    hints.map(hint => styledHint(hint, style)).join(hintGap),
  );
  return (
    <>
      {panels.keyLines !== undefined && <Panel area={panels.keyLines} title="Keys" />}
      <Placed area={area}>
        {lines.map(line => (
          <StyledRow key={line} text={line} />
        ))}
      </Placed>
    </>
  );
}

function styledHint([keys, meaning]: KeyHint, style: DisplayStyle): string {
  return `${inTone(keys, 'strong', style)} ${inTone(meaning, 'quiet', style)}`;
}

export function KeysPanel({ area }: { readonly area: Area }) {
  const style = useContext(DisplayStyleContext);
  const grid = keyGrid(keyColumnCount(area.columns));
  const rows = (grid[0] ?? []).map((_, row) =>
    grid.map(column => helpLine(column[row], style)).join(' '.repeat(keyGap)),
  );
  return (
    <Panel area={area} title="Keys">
      <Rows rows={rows} columns={contentOf(area).columns} />
    </Panel>
  );
}

function helpLine([keys, meaning]: KeyHint = ['', ''], style: DisplayStyle): string {
  const label = meaning.padEnd(keyColumns - helpKeyColumns);
  return inTone(keys.padEnd(helpKeyColumns), 'strong', style) + inTone(label, 'quiet', style);
}
