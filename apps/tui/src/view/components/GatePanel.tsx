// The table of the gate beside the canvas.

import { useContext } from 'react';
import type { Gate } from '../../state/gate.ts';
import { gateLines } from '../text/gate-lines.ts';
import { inTone } from '../tones.ts';
import { DisplayStyleContext } from './Row.tsx';
import { Rows } from './Rows.tsx';

interface GatePanelProps {
  readonly gate: Gate;
  /** The row that is explained. */
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

export function GatePanel({ gate, ...place }: GatePanelProps) {
  const style = useContext(DisplayStyleContext);
  const lines = gateLines(gate, place).map(({ text, tone }) => inTone(text, tone, style));
  return <Rows rows={lines} columns={place.columns} />;
}
