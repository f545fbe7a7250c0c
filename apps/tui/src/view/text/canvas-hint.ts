// How to begin, on a blank canvas.

import { isBlank } from '@digits/canvas';
import { rasterOf } from '@digits/client';
import { isListShown } from '../../state/mode.ts';
import type { State } from '../../state/state.ts';

const withMouse: readonly string[] = [
  'Draw a digit here',
  'with the mouse, or with',
  'the arrows and Space.',
];

const withoutMouse: readonly string[] = [
  'Draw a digit here',
  'with the arrows and Space.',
  'm switches the mouse on.',
];

/** The arrows select a neuron. */
const besideNeurons: readonly string[] = [
  'Draw a digit here',
  'with the mouse, or with',
  'h j k l and Space.',
];

const spoken: readonly string[] = ['Draw a digit with the arrows and Space.'];

const spokenInside: readonly string[] = ['Draw a digit with h j k l and Space.'];

const nothing: readonly string[] = [];

/** @returns lines no longer than the small canvas; none once the drawing has begun, or in practice. */
export function canvasHint(state: State): readonly string[] {
  const { capabilities, mode, pen, practice, isMouseOn } = state;
  // The list shows a correction instead of the canvas.
  if (isListShown(mode)) return nothing;
  if (pen.isShown || practice !== undefined || !isBlank(rasterOf(state))) return nothing;
  if (capabilities.isScreenReader) return mode.type === 'inside' ? spokenInside : spoken;
  if (mode.type === 'inside') return besideNeurons;
  return isMouseOn ? withMouse : withoutMouse;
}
