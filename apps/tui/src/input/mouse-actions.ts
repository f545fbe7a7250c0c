// The actions of a mouse event: the left button draws with the current tool, the right one erases, the
// wheel changes the brush.

import type { DrawingAction } from '../state/action.ts';
import type { WindowSize } from '../state/terminal.ts';
import type { MouseEvent } from '../terminal/mouse-report.ts';
import { isOnCanvas, layoutOf, pointAt } from '../view/layout.ts';

/**
 * A stroke begins on the canvas only, may leave it and come back, and ends where the button is
 * released.
 */
export function mouseActions(
  event: MouseEvent,
  window: WindowSize,
  timeMs: number,
): DrawingAction[] {
  const layout = layoutOf(window);
  if (layout === undefined) return [{ type: 'stroke-ended' }];
  if (event.type === 'wheel') {
    return [{ type: 'brush-changed', steps: event.direction === 'up' ? 1 : -1 }];
  }
  if (event.button !== 'left' && event.button !== 'right') return [];
  const point = pointAt(event, layout.canvas);
  switch (event.type) {
    case 'press': {
      // Beside the canvas it ends a stroke whose release was lost.
      if (!isOnCanvas(event, layout.canvas)) return [{ type: 'stroke-ended' }];
      const tool = event.button === 'right' ? ({ tool: 'eraser' } as const) : {};
      return [{ type: 'stroke-began', ...tool, at: point, timeMs }];
    }
    case 'motion':
      return [{ type: 'stroke-continued', to: point, timeMs }];
    case 'release':
      return [{ type: 'stroke-continued', to: point, timeMs }, { type: 'stroke-ended' }];
  }
}
