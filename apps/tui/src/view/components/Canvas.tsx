// Room for the drawing in its box, which is put there past Ink: see screen/canvas-room.ts.

import { memo } from 'react';
import { placeholderRows } from '../canvas/canvas-placeholder.ts';
import type { CanvasArea } from '../layout.ts';
import { Rows } from './Rows.tsx';

/** The box around the canvas adds a cell at each side. */
const borders = 2;

export const Canvas = memo(function Canvas({ columns, rows }: CanvasArea) {
  return (
    <Rows rows={placeholderRows(columns + borders, rows + borders)} columns={columns + borders} />
  );
});
