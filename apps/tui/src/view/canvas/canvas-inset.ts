// The canvas as it is put into its room: the box, the pixels in it, the keyboard's pen, and the
// explanation laid over them. Worked out anew only when what it shows has changed.

import type { Raster } from '@digits/canvas';
import {
  type KeyboardPen,
  type PredictedDrawing,
  rasterOf,
  type State,
  themeChoiceOf,
} from '../../state/state.ts';
import type { WindowSize } from '../../state/terminal.ts';
import { type DisplayStyle, displayStyleOf } from '../display-style.ts';
import { cellOf, layoutOf } from '../layout.ts';
import { memoizeLast } from '../memoize-last.ts';
import { boxed } from './box.ts';
import type { Inset } from './canvas-placeholder.ts';
import { pictureRows } from './picture-rows.ts';
import { alignSaliency } from './saliency.ts';

/** @returns a function of the state that gives no inset for a window which has no room for it. */
export function createCanvasInset(): (state: State) => Inset | undefined {
  const style = memoizeLast(displayStyleOf);
  const saliency = memoizeLast(saliencyOf);
  const inset = memoizeLast(insetOf);
  return state => {
    const { capabilities, isAscii, isExplaining, pen, predicted, window } = state;
    return inset(
      rasterOf(state),
      pen.isShown ? pen : undefined,
      isExplaining ? saliency(predicted) : undefined,
      window,
      style(capabilities, themeChoiceOf(state), isAscii),
    );
  };
}

function saliencyOf(predicted: PredictedDrawing | undefined): readonly number[] | undefined {
  const { seen, saliency } = predicted?.prediction ?? {};
  if (predicted === undefined || seen === undefined || saliency === undefined) return undefined;
  return alignSaliency(predicted.raster, { seen, saliency });
}

function insetOf(
  raster: Raster,
  pen: KeyboardPen | undefined,
  saliency: readonly number[] | undefined,
  window: WindowSize,
  style: DisplayStyle,
): Inset | undefined {
  const layout = layoutOf(window);
  if (layout === undefined) return undefined;
  const { form, canvas } = layout;
  const cell = pen && cellOf(pen.x, pen.y, { ...canvas, left: 0, top: 0 });
  const mark = cell && { column: cell.x, row: cell.y };
  const rows = boxed(
    pictureRows({ raster, saliency, pen }, form, style),
    canvas.columns,
    style,
    mark,
  );
  return { rows, columns: canvas.columns + 2 };
}
