// The drawings of chapter 4, in styles that MNIST lacks and as people send them, and the ways to convert them
// to a network's input, with more and more of the preprocessing.

import { canvasBrush } from '../../../libs/nn/cli/shared/sources.ts';
import type { Samples } from '../../../libs/nn/src/data/samples.ts';
import { drawStyle } from '../../../libs/nn/src/data/synthesis/families/draw-style.ts';
import { styleFamilies } from '../../../libs/nn/src/data/synthesis/families/style-families.ts';
import { StyleParameters } from '../../../libs/nn/src/data/synthesis/families/style-parameters.ts';
import { drawOutlier } from '../../../libs/nn/src/data/synthesis/outliers.ts';
import type { SynthesisPurpose } from '../../../libs/nn/src/data/synthesis/synthesis-purpose.ts';
import { Random } from '../../../libs/nn/src/engine/random.ts';
import { centreByMass, fit as scaleToFit } from '../../../libs/nn/src/preprocess/fit-and-centre.ts';
import {
  type Box,
  inkBounds,
  inkBytes,
  networkInputs,
  type Picture,
  type Plane,
} from '../../../libs/nn/src/preprocess/picture.ts';
import { preprocess } from '../../../libs/nn/src/preprocess/preprocess.ts';
import { resample } from '../../../libs/nn/src/preprocess/resample.ts';

const seed = 2026;

/** Drawings of each style family, enough for a standard error of 0.5 percentage points in all. */
const perFamily = 150;

/** A drawing as a person would send it: dark ink on white. */
export interface SentDrawing {
  readonly picture: Picture;
  readonly label: number;
  readonly family: string;
}

/** Draws digits of every style family with random pens, black on white. */
export function drawStrangers(purpose: SynthesisPurpose, count = perFamily): SentDrawing[] {
  return styleFamilies.flatMap((family, number) => {
    const random = new Random(seed, number, purpose === 'validation' ? 1 : 2);
    return Array.from({ length: count }, () => {
      const { picture } = drawStyle(family, purpose, canvasBrush, random);
      return { picture: inverted(picture), label: family.label, family: family.name };
    });
  });
}

const outlierCount = 1000;

/** Letters, signs, scribbles, several digits and textures, black on white; their label does not count. */
export function drawOutliers(): SentDrawing[] {
  const random = new Random(seed, outlierCount);
  const drawDigit = () => {
    const family = styleFamilies[random.below(styleFamilies.length)]!;
    return family.draw(new StyleParameters(random, 'validation'));
  };
  return Array.from({ length: outlierCount }, () => {
    const picture = drawOutlier({ brush: canvasBrush, digit: drawDigit }, random);
    return { picture: inverted(picture), label: 0, family: 'outlier' };
  });
}

function inverted(picture: Picture): Picture {
  return { ...picture, data: picture.data.map(value => 255 - value) };
}

/** A way to convert a picture to the network's input; undefined where it is blank. */
export interface Conversion {
  readonly name: string;
  readonly convert: (picture: Picture) => Float32Array | undefined;
}

/** Ever more of the preprocessing; the last one is the preprocessing itself. */
export const conversions: readonly Conversion[] = [
  { name: 'scaled to 28×28', convert: picture => shrunk(planeOf(picture, value => value)).values },
  { name: '+ polarity: ink is 1, paper 0', convert: picture => shrunk(inkOf(picture)).values },
  { name: '+ size: fitted into 20×20', convert: picture => inMiddle(fitted(inkOf(picture))) },
  {
    name: '+ centre of mass',
    convert: picture => centreByMass(fitted(inkOf(picture))).values,
  },
  { name: '+ thin strokes, noise: all steps', convert: picture => preprocess(picture) },
];

function planeOf({ width, height, data }: Picture, ink: (value: number) => number): Plane {
  return { width, height, values: Float32Array.from(data, value => ink(value) / 255) };
}

function inkOf(picture: Picture): Plane {
  return planeOf(picture, value => 255 - value);
}

function shrunk(plane: Plane): Plane {
  return resample(
    plane,
    { left: 0, top: 0, right: plane.width, bottom: plane.height },
    { width: 28, height: 28 },
  );
}

function fitted(plane: Plane): Plane {
  return scaleToFit({ plane, box: inkBounds(plane) as Box });
}

function inMiddle({ width, height, values }: Plane): Float32Array {
  const input = new Float32Array(networkInputs);
  const [left, top] = [Math.floor((28 - width) / 2), Math.floor((28 - height) / 2)];
  for (let y = 0; y < height; y++) {
    input.set(values.subarray(y * width, (y + 1) * width), (top + y) * 28 + left);
  }
  return input;
}

export function toSamples(drawings: readonly SentDrawing[], { convert }: Conversion): Samples {
  const inputs = new Uint8Array(drawings.length * networkInputs);
  for (const [i, { picture }] of drawings.entries()) {
    const ink = convert(picture);
    if (ink) inputs.set(inkBytes(ink), i * networkInputs);
  }
  const labels = Uint8Array.from(drawings, ({ label }) => label);
  return { count: drawings.length, size: networkInputs, inputs, labels };
}
