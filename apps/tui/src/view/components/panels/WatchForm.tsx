// Beside the canvas: the form of a network to watch while it learns.

import { useContext } from 'react';
import type { Watch } from '../../../state/learning/watch.ts';
import { type Area, contentOf } from '../../layout.ts';
import { watchFormLines } from '../../text/watch-form.ts';
import { inTone } from '../../tones.ts';
import { Panel } from '../Panel.tsx';
import { DisplayStyleContext, Rows } from '../Row.tsx';

interface WatchFormProps {
  readonly watch: Watch;
  /** The selected row. */
  readonly row: number;
  readonly area: Area;
}

export function WatchForm({ watch, row, area }: WatchFormProps) {
  const style = useContext(DisplayStyleContext);
  const { columns } = contentOf(area);
  const lines = watchFormLines(watch, row, columns);
  return (
    <Panel area={area} title="Watch a network learn">
      <Rows rows={lines.map(({ text, tone }) => inTone(text, tone, style))} columns={columns} />
    </Panel>
  );
}
