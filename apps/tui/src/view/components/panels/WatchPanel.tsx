// Beside the canvas while a network is watched that learns: the form, or the training.

import { progressLine, stateOf } from '@digits/screen';
import { useContext } from 'react';
import type { State } from '../../../state/state.ts';
import { type Area, contentOf } from '../../layout.ts';
import { watchFormLines } from '../../text/watch-form.ts';
import { inTone } from '../../tones.ts';
import { watchTrainingRows } from '../../watch/watch-rows.ts';
import { Panel } from '../Panel.tsx';
import { DisplayStyleContext, Rows } from '../Row.tsx';

interface WatchPanelProps {
  readonly state: Pick<State, 'mode' | 'watch'>;
  readonly area: Area;
}

export function WatchPanel({ state: { mode, watch }, area }: WatchPanelProps) {
  const style = useContext(DisplayStyleContext);
  const { view } = watch;
  const size = contentOf(area);
  const { columns } = size;
  if (mode.type !== 'watching' || view === undefined) {
    const row = mode.type === 'choosing-training' ? mode.row : 0;
    const lines = watchFormLines(watch, row, columns);
    const rows = lines.map(({ text, tone }) => inTone(text, tone, style));
    return (
      <Panel area={area} title="Watch a network learn">
        <Rows rows={rows} columns={columns} />
      </Panel>
    );
  }
  const tone = view.isPaused ? 'warning' : 'accent';
  return (
    <Panel
      area={area}
      title={view.title}
      topRight={{ text: stateOf(view), tone }}
      bottomLeft={progressLine(view, columns)}
    >
      <Rows rows={watchTrainingRows(view, size, style)} columns={columns} />
    </Panel>
  );
}
