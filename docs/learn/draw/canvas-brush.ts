// The app's brush for the drawings of the figures.

import { drawStrokes } from '@digits/canvas';
import type { CanvasBrush } from '../../../libs/nn/src/data/synthesis/rendering/render.ts';

export const canvasBrush: CanvasBrush = (drawing, radius) => drawStrokes(drawing, { radius });
