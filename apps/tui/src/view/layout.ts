// The layout of the screen: one grid of panels that fills the window, computed from its size alone. At the
// top a line with the title, then the canvas with the panels beside it, the status, and the keys at the
// bottom. In a small window the canvas is 28×14 cells of two pixels each; in a large one 56×28, a pixel as
// two cells.

import { isListShown } from '../state/mode.ts';
import type { State } from '../state/state.ts';
import type { WindowSize } from '../state/terminal.ts';
import { inkPictureSize } from './canvas/ink-picture.ts';
import type { PictureForm } from './canvas/picture-rows.ts';
import { type Area, inset, type Layout } from './layout/areas.ts';
import { drawingLayout, listLayout } from './layout/drawing.ts';
import { networkLayout } from './layout/network.ts';
import { answerRows, boxes, minWindowSize } from './layout/sizes.ts';

export type { Area, Layout, PanelAreas } from './layout/areas.ts';
export {
  answerRows,
  keyColumnCount,
  keyColumns,
  keyGap,
  messageRows,
  minWindowSize,
} from './layout/sizes.ts';

/** From this width on the text of a panel has an empty column at each side. */
const minPaddedColumns = 40;

/** Longer lines of text are hard to read. */
const maxTextColumns = 72;

/** @returns the layout for a state; `undefined` for a window that is too small. */
export function layoutIn({ window, mode }: Pick<State, 'window' | 'mode'>): Layout | undefined {
  return layoutOf(window, viewOf(mode));
}

/** Long lists, the view into the network and a network that learns have a layout of their own. */
type View = 'drawing' | 'list' | 'inside' | 'watching';

export function viewOf(mode: State['mode']): View {
  const { type } = mode;
  if (type === 'inside' || type === 'watching') return type;
  return type === 'gate' || isListShown(mode) ? 'list' : 'drawing';
}

/** @returns `undefined` for a window that is too small. */
export function layoutOf(window: WindowSize, view: View = 'drawing'): Layout | undefined {
  const { columns, rows } = window;
  if (columns < minWindowSize.columns || rows < minWindowSize.rows) return undefined;
  switch (view) {
    case 'drawing':
      return drawingLayout(window);
    case 'list':
      return listLayout(window);
    default:
      return networkLayout(window, view);
  }
}

/** @returns the area of a panel's content: within the border, in a wide panel with a margin. */
export function contentOf(area: Area): Area {
  return inset(area, area.columns >= minPaddedColumns ? 2 : 1, 1);
}

/** @returns the area of text or of a list beside the canvas. */
export function textAreaOf({ panels }: Layout): Area {
  const content = contentOf(panels.side);
  return { ...content, columns: Math.min(content.columns, maxTextColumns) };
}

/** A picture at half of its size, in half blocks. */
export const smallPicture = inkPictureSize(2);

/** The shortest bars, a gap, and the small picture. */
const minColumnsWithSmallPicture = 22 + 2 + smallPicture.columns;

/** @returns the network's input as a picture of its own, or small beside the bars; `none` if neither fits. */
export function seenFormOf(layout: Layout | undefined): PictureForm | 'small' | 'none' {
  if (layout === undefined) return 'none';
  const { seen, answer } = layout.panels;
  if (seen !== undefined) return seen.rows >= boxes.wide.rows ? 'wide' : 'half';
  if (answer === undefined || answer.rows < answerRows) return 'none';
  return contentOf(answer).columns >= minColumnsWithSmallPicture ? 'small' : 'none';
}
