// The canvas as it is put into its room: the box, the pixels in it, the keyboard's pen, and the
// explanation laid over them. Worked out anew only when what it shows has changed.

import type { Raster } from '@digits/canvas';
import { type Answer, type KeyboardPen, rasterOf, type State, themeOf } from '../../state/state.ts';
import type { WindowSize } from '../../state/terminal.ts';
import { type Look, lookOf } from '../display-style.ts';
import { cellOf, layoutOf } from '../layout.ts';
import { remembering } from '../memoize-last.ts';
import { boxed } from './box.ts';
import type { Inset } from './canvas-placeholder.ts';
import { pictureRows } from './picture-rows.ts';
import { saliencyOnCanvas } from './saliency.ts';

/** @returns a function of the state that gives no inset for a window which has no room for it. */
export function createCanvasInset(): (state: State) => Inset | undefined {
  const look = remembering(lookOf);
  const saliency = remembering(saliencyOf);
  const inset = remembering(insetOf);
  return state => {
    const { capabilities, isAscii, isExplaining, pen, answer, window } = state;
    return inset(
      rasterOf(state),
      pen.isShown ? pen : undefined,
      isExplaining ? saliency(answer) : undefined,
      window,
      look(capabilities, themeOf(state), isAscii),
    );
  };
}

function saliencyOf(answer: Answer | undefined): readonly number[] | undefined {
  const { seen, saliency } = answer?.prediction ?? {};
  if (answer === undefined || seen === undefined || saliency === undefined) return undefined;
  return saliencyOnCanvas(answer.raster, { seen, saliency });
}

function insetOf(
  raster: Raster,
  pen: KeyboardPen | undefined,
  saliency: readonly number[] | undefined,
  window: WindowSize,
  look: Look,
): Inset | undefined {
  const layout = layoutOf(window);
  if (layout === undefined) return undefined;
  const { form, canvas } = layout;
  const cell = pen && cellOf(pen.x, pen.y, { ...canvas, left: 0, top: 0 });
  const mark = cell && { column: cell.x, row: cell.y };
  const rows = boxed(
    pictureRows({ raster, saliency, pen }, form, look),
    canvas.columns,
    look,
    mark,
  );
  return { rows, columns: canvas.columns + 2 };
}
