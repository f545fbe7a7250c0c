// The app's own brush, which the library is given: it stands on nothing else in this repository.

import { drawStrokes } from '@digits/canvas';
import type { GridBrush } from '../../src/data/synthesis/render.ts';

export const gridBrush: GridBrush = (drawing, radius) => drawStrokes(drawing, { radius });
