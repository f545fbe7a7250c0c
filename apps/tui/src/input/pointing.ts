// What a mouse event means for the drawing.

import { isLargeEnough, isOnCanvas, pointAt, type WindowSize } from '../screen/layout.ts';
import type { Action } from '../state/action.ts';
import type { MouseEvent } from '../terminal/mouse-report.ts';

/**
 * The left button draws. A stroke begins on the canvas only, may leave it and come back, and
 * reaches as far as the cell where the button is released.
 */
export function actionsOf(event: MouseEvent, window: WindowSize): Action[] {
  if (event.kind === 'wheel' || event.button !== 'left') return [];
  if (!isLargeEnough(window)) return [{ type: 'stroke-ended' }];
  const point = pointAt(event.cell);
  switch (event.kind) {
    case 'press':
      // Beside the canvas it ends a stroke whose release the terminal did not see.
      return [
        isOnCanvas(event.cell) ? { type: 'stroke-began', at: point } : { type: 'stroke-ended' },
      ];
    case 'motion':
      return [{ type: 'stroke-continued', to: point }];
    case 'release':
      return [{ type: 'stroke-continued', to: point }, { type: 'stroke-ended' }];
  }
}
