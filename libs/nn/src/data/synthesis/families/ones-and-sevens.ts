// The styles of ones and sevens. Lengths are relative to the height of the digit, angles in degrees. A one
// with a flag and a seven consist of the same two lines; they differ in the angle of the first line and in how
// far the second leads to the left. No style here enters a margin between the two, so that the border in it is
// learnt from recorded digits.

import type { Point, Stroke } from '../../strokes.ts';
import { bent } from './curves.ts';
import type { StyleFamily } from './style-family.ts';
import type { StyleParameters } from './style-parameters.ts';

const degrees = Math.PI / 180;

/** The ends of a stem. */
interface Stem {
  readonly top: Point;
  readonly bottom: Point;
}

function stem(lean: number): Stem {
  return { top: [0, 0], bottom: [-lean, 1] };
}

function stemStroke({ top, bottom }: Stem, parameters: StyleParameters): Stroke {
  return bent(top, bottom, parameters.chance(0.5) ? 0 : parameters.within(0.05));
}

/** Range of a flag's angle below the horizontal. */
const minFlagAngle = 15;
const maxFlagAngle = 75;

/** From this angle on, a flag can be bent by as much as its style allows. */
const maxBendAngle = 55;

/** How far a one may lean for its flag's angle without resembling a seven. */
function maxLean(angle: number): number {
  return 0.1 + 0.008 * (angle - minFlagAngle);
}

/**
 * A flag and the stem that it leads to.
 *
 * @param maxBow range ± of the flag's bend; less for a flat flag, which would end level like a seven's line
 */
function flagged(parameters: StyleParameters, maxBow: number): { flag: Stroke; stem: Stem } {
  const angle = parameters.between(minFlagAngle, maxFlagAngle);
  // A long steep flag would be the second stem of an arrowhead.
  const length = parameters.between(0.15, angle > 60 ? 0.6 : 0.8);
  const upright = stem(parameters.between(-0.18, maxLean(angle)));
  const start: Point = [-length * Math.cos(angle * degrees), length * Math.sin(angle * degrees)];
  const bow = parameters.within(maxBow * Math.min(1, angle / maxBendAngle));
  return { flag: bent(start, upright.top, bow), stem: upright };
}

function foot({ bottom: [x, y] }: Stem, parameters: StyleParameters): Stroke {
  const [left, right] = [parameters.between(0.1, 0.45), parameters.between(0.1, 0.45)];
  const tilt = parameters.within(0.08);
  return [
    [x - left, y + tilt * left],
    [x + right, y - tilt * right],
  ];
}

/** One stroke, or two that do not quite meet. */
function flagThenStem(flag: Stroke, { top, bottom }: Stem, parameters: StyleParameters): Stroke[] {
  const down = stemStroke({ top, bottom }, parameters);
  if (parameters.chance(0.75)) return [[...flag, ...down]];
  const [dx, dy] = [parameters.within(0.04), parameters.between(-0.06, 0.03)];
  return [flag, down.map(([x, y]): Point => [x + dx, y + dy])];
}

/** MNIST has hardly any ones with a flag, but many sevens that slant like one. */
const flaggedFrequency = 3;

const ones: readonly StyleFamily[] = [
  {
    name: 'one without a flag',
    label: 1,
    draw: parameters => [stemStroke(stem(parameters.between(-0.3, 0.7)), parameters)],
  },
  {
    name: 'one with a straight flag',
    label: 1,
    frequency: flaggedFrequency,
    draw: parameters => {
      const { flag, stem } = flagged(parameters, 0);
      return flagThenStem(flag, stem, parameters);
    },
  },
  {
    name: 'one with a bent flag',
    label: 1,
    frequency: flaggedFrequency,
    draw: parameters => {
      const { flag, stem } = flagged(parameters, 0.16);
      return flagThenStem(flag, stem, parameters);
    },
  },
  {
    name: 'one with a flag and a foot',
    label: 1,
    frequency: flaggedFrequency,
    draw: parameters => {
      const { flag, stem } = flagged(parameters, 0.15);
      return [...flagThenStem(flag, stem, parameters), foot(stem, parameters)];
    },
  },
  {
    name: 'one with a foot',
    label: 1,
    draw: parameters => {
      const upright = stem(parameters.within(0.25));
      return [stemStroke(upright, parameters), foot(upright, parameters)];
    },
  },
];

/** The parts of a seven without a bar through its stem. */
interface Seven {
  readonly strokes: Stroke[];
  readonly stem: Stroke;
}

/**
 * A level line, or one that falls or rises a little, and a stem that leads to the left.
 *
 * @param rise angle of the line's left end below its right end; negative above it
 */
function drawSeven(parameters: StyleParameters): Seven {
  const rise = parameters.chance(0.4) ? parameters.within(4) : parameters.between(-20, 12);
  const length = parameters.between(0.35, 0.85);
  const minLean = 0.1 + 0.028 * Math.max(0, rise);
  const lean = parameters.between(minLean, 0.75);
  const left: Point = [-length * Math.cos(rise * degrees), length * Math.sin(rise * degrees)];
  const top = bent(left, [0, 0], parameters.chance(0.5) ? 0 : parameters.within(0.12));
  const stem = bent([0, 0], [-lean, 1], parameters.between(-0.12, 0.06));
  return { strokes: [[...top, ...stem]], stem };
}

/** A bar through the middle of the stem. */
function crossbar(stem: Stroke, parameters: StyleParameters): Stroke {
  const [x, y] = stem[Math.round(parameters.between(0.35, 0.65) * (stem.length - 1))]!;
  const [left, right] = [parameters.between(0.1, 0.35), parameters.between(0.08, 0.35)];
  const tilt = parameters.within(0.35);
  return [
    [x - left, y + tilt * left],
    [x + right, y - tilt * right],
  ];
}

/** A short stroke down at the left end of the top line, which it is drawn before. */
function hook(seven: Stroke, parameters: StyleParameters): Stroke {
  const [x, y] = seven[0]!;
  return [
    [x + parameters.within(0.06), y + parameters.between(0.06, 0.28)],
    [x, y],
  ];
}

const sevens: readonly StyleFamily[] = [
  { name: 'seven', label: 7, draw: parameters => drawSeven(parameters).strokes },
  {
    name: 'seven with a bar',
    label: 7,
    draw: parameters => {
      const { strokes, stem } = drawSeven(parameters);
      return [...strokes, crossbar(stem, parameters)];
    },
  },
  {
    name: 'seven with a hook',
    label: 7,
    draw: parameters => {
      const { strokes } = drawSeven(parameters);
      return [[...hook(strokes[0]!, parameters), ...strokes[0]!]];
    },
  },
  {
    name: 'seven with a hook and a bar',
    label: 7,
    draw: parameters => {
      const { strokes, stem } = drawSeven(parameters);
      return [[...hook(strokes[0]!, parameters), ...strokes[0]!], crossbar(stem, parameters)];
    },
  },
];

/** The styles of ones and sevens. */
export const onesAndSevens: readonly StyleFamily[] = [...ones, ...sevens];
