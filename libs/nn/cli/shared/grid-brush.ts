// The app's own brush, which the library is given: it stands on nothing else in this repository.

import { drawStrokes } from '@digits/canvas';
import type { CanvasBrush } from '../../src/data/synthesis/rendering/render.ts';

export const gridBrush: CanvasBrush = (drawing, radius) => drawStrokes(drawing, { radius });
