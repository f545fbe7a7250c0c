// Renders digits in the styles of handwriting.

import type { Random } from '../../../engine/random.ts';
import type { LabelledPicture } from '../../prepare-samples.ts';
import { type CanvasBrush, drawRenderStyle, render } from '../rendering/render.ts';
import { mapPoints } from '../strokes/transform.ts';
import type { SynthesisPurpose } from '../synthesis-purpose.ts';
import type { StyleFamily } from './style-family.ts';
import { StyleParameters } from './style-parameters.ts';

/** Range of the aspect ratio's change. */
const maxStretch = 1.2;

/** Renders a digit in a style with random parameters and a random pen. */
export function drawStyle(
  { label, draw }: StyleFamily,
  purpose: SynthesisPurpose,
  brush: CanvasBrush,
  random: Random,
): LabelledPicture {
  const parameters = new StyleParameters(random, purpose);
  const stretch = maxStretch ** parameters.within(1);
  const drawing = mapPoints(draw(parameters), (x, y) => [x * stretch, y]);
  return { picture: render(drawing, drawRenderStyle(label, random), brush), label };
}
