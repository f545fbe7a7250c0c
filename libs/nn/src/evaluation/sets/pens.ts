// The pens that recorded strokes are rendered with: the app's brush, a one-pixel line, a thick brush,
// small and off-centre drawings, and another program's pen, in both polarities.

import {
  appBrushRadius,
  type CanvasBrush,
  canvasSide,
  type RenderStyle,
  render,
} from '../../data/synthesis/rendering/render.ts';
import { boundingBoxOf, type Drawing } from '../../data/synthesis/strokes/transform.ts';
import { between, type Random, within } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';

/** One way to render recorded strokes. */
export interface Pen {
  readonly name: string;
  readonly draw: (drawing: Drawing, brush: CanvasBrush, random: Random) => Picture;
}

const thickRadius = 2.2;

/** Maximum distance of a drawing's centre from the centre of the canvas, in pixels. */
const maxOffset = 6;

/** Side of another program's canvas, in pixels. */
const otherCanvasSide = 200;

/** The app’s brush, at the recorded place and size. */
export const appBrush: Pen = {
  name: 'app’s brush',
  draw: (drawing, brush) => render(drawing, asRecorded(drawing, appBrushRadius), brush),
};

/** A line one pixel wide on the app’s canvas, off-centre, in either polarity. */
export const thinLine: Pen = {
  name: 'one-pixel line, off-centre',
  draw: (drawing, brush, random) => {
    const size = between(0.4, 1, random) * (canvasSide - 1);
    const grid = random.uniform() < 0.5 ? 'half-block' : 'full-cell';
    const centre = randomCentre(canvasSide, size, maxOffset, random);
    const style = {
      side: canvasSide,
      size,
      centre,
      radius: undefined,
      grid,
      isSoft: false,
    } as const;
    return withRandomPolarity(render(drawing, style, brush), random);
  },
};

/** All pens. Their order determines their random streams. */
export const pens: readonly Pen[] = [
  appBrush,
  thinLine,
  {
    name: 'thick brush',
    // Large enough that the drawing remains legible.
    draw: brushAnywhere(thickRadius, 0.6, 0.85),
  },
  { name: 'small, off-centre', draw: brushAnywhere(appBrushRadius, 0.35, 0.55) },
  {
    name: 'another program',
    draw: (drawing, brush, random) => {
      const size = between(0.35, 0.85, random) * otherCanvasSide;
      const radius = between(1, 8, random);
      const style: RenderStyle = {
        side: otherCanvasSide,
        size,
        centre: randomCentre(otherCanvasSide, size + 2 * radius, otherCanvasSide, random),
        radius,
        grid: 'none',
        isSoft: random.uniform() < 0.5,
      };
      return withRandomPolarity(render(drawing, style, brush), random);
    },
  },
];

/** Renders at a random position; the longest side is between two fractions of the canvas's side. */
function brushAnywhere(radius: number, minFraction: number, maxFraction: number): Pen['draw'] {
  return (drawing, brush, random) => {
    const size = between(minFraction, maxFraction, random) * canvasSide;
    const centre = randomCentre(canvasSide, size + 2 * radius, canvasSide, random);
    return render(drawing, { ...asRecorded(drawing, radius), size, centre }, brush);
  };
}

/** Renders at the recorded position and size; the writing box is mapped to the whole canvas. */
function asRecorded(drawing: Drawing, radius: number): RenderStyle {
  const { left, top, width, height } = boundingBoxOf(drawing);
  return {
    side: canvasSide,
    size: Math.max(width, height) * canvasSide,
    centre: [(left + width / 2) * canvasSide, (top + height / 2) * canvasSide],
    radius,
    grid: 'none',
    isSoft: true,
  };
}

/** A random centre for a square of this size: within the canvas, at most `reach` from its centre. */
function randomCentre(side: number, size: number, reach: number, random: Random) {
  const margin = Math.min(reach, Math.max(0, (side - size) / 2));
  return [side / 2 + within(margin, random), side / 2 + within(margin, random)] as const;
}

function withRandomPolarity(picture: Picture, random: Random): Picture {
  if (random.uniform() < 0.5) return picture;
  return { ...picture, data: picture.data.map(value => 255 - value) };
}
