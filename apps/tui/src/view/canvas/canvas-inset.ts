// The canvas as it is inserted into a frame: the box, the pixels in it, the keyboard's pen, and the
// evidence overlay. Rendered again only when what it shows has changed.

import { blankRaster, isBlank } from '@digits/canvas';
import {
  alignSaliency,
  isEvidenceShown,
  type PredictedDrawing,
  rasterOf,
  shownPrediction,
} from '@digits/client';
import { bordered, borderOf } from '@digits/screen';
import { selectedPicture } from '../../state/corrections/corrections.ts';
import { isListShown } from '../../state/mode.ts';
import { isStale, type State, themeChoiceOf } from '../../state/state.ts';
import { type DisplayStyle, displayStyleOf } from '../display-style.ts';
import { type Layout, layoutOf, viewOf } from '../layout.ts';
import { canvasHint } from '../text/canvas-hint.ts';
import type { Inset } from './canvas-placeholder.ts';
import { cellOf } from './geometry.ts';
import { pictureRows } from './picture-rows.ts';
import type { CanvasPicture, PenMark } from './pixels.ts';

const noPicture = blankRaster();
const noHint: readonly string[] = [];

/**
 * In the list of corrections it is the picture of the selected one.
 * @returns a function of the state; it returns `undefined` for a screen reader and for a window that is
 *   too small for the canvas, and the same object as before if nothing of the canvas changed.
 */
export function createCanvasInset(): (state: State) => Inset | undefined {
  const styleOf = memoizeLast(displayStyleOf);
  const saliencyOf = memoizeLast(alignedSaliency);
  const pictureOf = memoizeLast(
    (
      raster: CanvasPicture['raster'],
      pen: PenMark | undefined,
      saliency: readonly number[] | undefined,
      prompt: number | readonly string[],
    ): CanvasPicture => ({ raster, pen, saliency, prompt }),
  );
  const layoutAt = memoizeLast(layoutOf);
  const insetOf = memoizeLast(renderInset);
  return state => {
    const { capabilities, isAscii, mode, pen, practice, window } = state;
    if (capabilities.isScreenReader) return undefined;
    const raster = rasterOf(state);
    const picture = isListShown(mode)
      ? pictureOf(selectedPicture(state) ?? noPicture, undefined, undefined, noHint)
      : pictureOf(
          raster,
          pen.isShown ? pen : undefined,
          isEvidenceShown(state) && !isStale(state)
            ? saliencyOf(shownPrediction(state))
            : undefined,
          practice !== undefined && isBlank(raster) ? practice.target : canvasHint(state),
        );
    const title = isListShown(mode) ? 'Correction' : 'Canvas';
    return insetOf(
      picture,
      layoutAt(window, viewOf(mode)),
      styleOf(capabilities, themeChoiceOf(state), isAscii),
      title,
    );
  };
}

/** @returns the function, with its last result kept: the same arguments again do not call it. */
export function memoizeLast<Arguments extends readonly unknown[], Result>(
  compute: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let last: { readonly args: Arguments; readonly result: Result } | undefined;
  return (...args) => {
    const isSame = last?.args.every((arg, index) => Object.is(arg, args[index]));
    if (last === undefined || !isSame) last = { args, result: compute(...args) };
    return last.result;
  };
}

function alignedSaliency(predicted: PredictedDrawing | undefined): readonly number[] | undefined {
  const { seen, saliency } = predicted?.prediction ?? {};
  if (predicted === undefined || seen === undefined || saliency === undefined) return undefined;
  return alignSaliency(predicted.raster, { seen, saliency });
}

function renderInset(
  picture: CanvasPicture,
  layout: Layout | undefined,
  style: DisplayStyle,
  title: string,
): Inset | undefined {
  if (layout === undefined) return undefined;
  const { form, canvas } = layout;
  const { pen } = picture;
  const cell = pen && cellOf(pen.x, pen.y, { ...canvas, left: 0, top: 0 });
  const mark = cell && { column: cell.x, row: cell.y };
  const border = borderOf(canvas.columns, { title: { text: title, tone: 'strong' } }, style, mark);
  return {
    rows: bordered(pictureRows(picture, form, style), border),
    columns: canvas.columns + 2,
  };
}
