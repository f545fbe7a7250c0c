// The ways in which people draw a digit for the service: with the app's brush, thinner, thicker,
// smaller and elsewhere, in another program; bright on dark or dark on bright.

import {
  type CanvasBrush,
  gridSide,
  type RenderStyle,
  render,
} from '../../data/synthesis/rendering/render.ts';
import { type Drawing, extentOf } from '../../data/synthesis/strokes/geometry.ts';
import { between, type Random, within } from '../../engine/random.ts';
import type { Picture } from '../../preprocess/picture.ts';

export interface Pen {
  readonly name: string;
  readonly draw: (drawing: Drawing, brush: CanvasBrush, random: Random) => Picture;
}

/** The app's own. */
const brushRadius = 1.2;

const thickRadius = 2.2;

/** Pixels that a drawing may be off the middle of the grid. */
const offCentre = 6;

/** The side of another program's paper, in pixels. */
const paperSide = 200;

export const appBrush: Pen = {
  name: 'app’s brush',
  draw: (drawing, brush) => render(drawing, asRecorded(drawing, brushRadius), brush),
};

export const thinLine: Pen = {
  name: 'one-pixel line, off-centre',
  draw: (drawing, brush, random) => {
    const size = between(0.4, 1, random) * (gridSide - 1);
    const grid = random.uniform() < 0.5 ? 'half-block' : 'full-cell';
    const centre = randomCentre(gridSide, size, offCentre, random);
    const manner = { side: gridSide, size, centre, radius: null, grid, isSoft: false } as const;
    return inEitherPolarity(render(drawing, manner, brush), random);
  },
};

export const pens: readonly Pen[] = [
  appBrush,
  thinLine,
  {
    name: 'thick brush',
    // Large enough that nobody would call it a blot.
    draw: brushAnywhere(thickRadius, 0.6, 0.85),
  },
  { name: 'small, off-centre', draw: brushAnywhere(brushRadius, 0.35, 0.55) },
  {
    name: 'another program',
    draw: (drawing, brush, random) => {
      const size = between(0.35, 0.85, random) * paperSide;
      const radius = between(1, 8, random);
      const manner: RenderStyle = {
        side: paperSide,
        size,
        centre: randomCentre(paperSide, size + 2 * radius, paperSide, random),
        radius,
        grid: 'none',
        isSoft: random.uniform() < 0.5,
      };
      return inEitherPolarity(render(drawing, manner, brush), random);
    },
  },
];

/** Anywhere on the grid, its longest side a share of the grid between these two. */
function brushAnywhere(radius: number, smallest: number, largest: number): Pen['draw'] {
  return (drawing, brush, random) => {
    const size = between(smallest, largest, random) * gridSide;
    const centre = randomCentre(gridSide, size + 2 * radius, gridSide, random);
    return render(drawing, { ...asRecorded(drawing, radius), size, centre }, brush);
  };
}

/** At the place and in the size that the writing box gives, which becomes the whole grid. */
function asRecorded(drawing: Drawing, radius: number): RenderStyle {
  const { left, top, width, height } = extentOf(drawing);
  return {
    side: gridSide,
    size: Math.max(width, height) * gridSide,
    centre: [(left + width / 2) * gridSide, (top + height / 2) * gridSide],
    radius,
    grid: 'none',
    isSoft: true,
  };
}

/** A middle near the paper's for a square of this size, at most `reach` off and inside the paper. */
function randomCentre(side: number, size: number, reach: number, random: Random) {
  const margin = Math.min(reach, Math.max(0, (side - size) / 2));
  return [side / 2 + within(margin, random), side / 2 + within(margin, random)] as const;
}

function inEitherPolarity(picture: Picture, random: Random): Picture {
  if (random.uniform() < 0.5) return picture;
  return { ...picture, data: picture.data.map(value => 255 - value) };
}
