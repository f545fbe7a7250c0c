// The styles of zeros, sixes, eights and nines.

import type { Point, Stroke } from '../../strokes.ts';
import type { Drawing } from '../strokes/transform.ts';
import { arc, bent, type Ellipse, slanted, written } from './curves.ts';
import type { StyleFamily } from './style-family.ts';
import type { StyleParameters } from './style-parameters.ts';

function oval(parameters: StyleParameters): Ellipse {
  return { x: 0, y: 0.5, radiusX: parameters.between(0.2, 0.48), radiusY: 0.5 };
}

/** A line across an oval, from its upper right to its lower left, or rarely the other way. */
function slash({ radiusX }: Ellipse, parameters: StyleParameters): Stroke {
  const side = parameters.chance(0.85) ? 1 : -1;
  const reach = () => radiusX * parameters.between(0.3, 1.25);
  return [
    [side * reach(), parameters.between(-0.1, 0.3)],
    [-side * reach(), parameters.between(0.7, 1.1)],
  ];
}

/** Slashed zeros are often slanted further along their slash. */
const maxZeroSlant = 0.4;

const zeros: readonly StyleFamily[] = [
  {
    name: 'zero with a gap',
    label: 0,
    draw: parameters => {
      const start = parameters.between(-150, -20);
      const gap = parameters.between(0, 60);
      return written([arc(oval(parameters), start, start - 360 + gap)], parameters);
    },
  },
  {
    name: 'zero with an overlap',
    label: 0,
    draw: parameters => {
      const shape = oval(parameters);
      const start = parameters.between(-140, -40);
      const whole = arc(shape, start, start - 360);
      const [x, y] = whole.at(-1)!;
      const tail: Point = [x - parameters.between(0, 0.3), y + parameters.between(-0.12, 0.25)];
      return written([[...whole, tail]], parameters);
    },
  },
  {
    name: 'zero with a slash',
    label: 0,
    draw: parameters => {
      const shape = oval(parameters);
      const start = parameters.between(-130, -50);
      const slashed = [arc(shape, start, start - 360), slash(shape, parameters)];
      return written(slanted(slashed, parameters.between(0, maxZeroSlant)), parameters);
    },
  },
];

/** The back of a six from its top to the left side of its loop, and the loop. */
function drawSix(parameters: StyleParameters, backX: number, bow: number): Drawing {
  const radiusY = parameters.between(0.17, 0.3);
  const loop: Ellipse = {
    x: 0,
    y: 1 - radiusY,
    radiusX: parameters.between(0.17, 0.36),
    radiusY,
  };
  const join: Point = [-loop.radiusX, loop.y];
  const closing = parameters.between(280, 400);
  const back = bent([join[0] + backX, 0], join, bow);
  return written([[...back, ...arc(loop, 180, 180 - closing)]], parameters);
}

const sixes: readonly StyleFamily[] = [
  {
    name: 'six with a straight back',
    label: 6,
    draw: parameters =>
      drawSix(parameters, parameters.between(-0.05, 0.45), -parameters.between(0, 0.04)),
  },
  {
    name: 'six with a round back',
    label: 6,
    draw: parameters =>
      drawSix(parameters, parameters.between(0.1, 0.6), -parameters.between(0.06, 0.25)),
  },
];

/** The loop of a nine, drawn from its upper right and back to its right side, where the tail begins. */
function nineLoop(parameters: StyleParameters): { loop: Stroke; ellipse: Ellipse } {
  const radiusY = parameters.between(0.16, 0.29);
  const ellipse: Ellipse = {
    x: 0,
    y: radiusY,
    radiusX: parameters.between(0.16, 0.34),
    radiusY,
  };
  return { loop: arc(ellipse, parameters.between(-75, 0), -360), ellipse };
}

const nines: readonly StyleFamily[] = [
  {
    name: 'nine with a straight tail',
    label: 9,
    draw: parameters => {
      const { loop, ellipse } = nineLoop(parameters);
      const top: Point = parameters.chance(0.5)
        ? loop.at(-1)!
        : [ellipse.radiusX + parameters.within(0.05), parameters.between(-0.03, ellipse.y)];
      const tail = bent(
        top,
        [ellipse.radiusX - parameters.between(-0.1, 0.35), 1],
        parameters.within(0.05),
      );
      return written(parameters.chance(0.7) ? [[...loop, ...tail]] : [loop, tail], parameters);
    },
  },
  {
    name: 'nine with a curled tail',
    label: 9,
    draw: parameters => {
      const { loop, ellipse } = nineLoop(parameters);
      return written([[...loop, ...curledTail(ellipse, parameters)]], parameters);
    },
  },
  {
    name: 'nine with a closed tail',
    label: 9,
    draw: parameters => {
      const { loop, ellipse } = nineLoop(parameters);
      return written([[...loop, ...closedTail(ellipse, parameters)]], parameters);
    },
  },
];

/** A tail that turns to the left at the bottom, and up again by up to half of the way to the loop. */
function curledTail({ radiusX, y }: Ellipse, parameters: StyleParameters): Stroke {
  const width = parameters.between(0.15, 0.4);
  const height = parameters.between(0.08, 0.28);
  const hook: Ellipse = { x: radiusX - width, y: 1 - height, radiusX: width, radiusY: height };
  const down = bent([radiusX, y], [radiusX, hook.y], parameters.within(0.04));
  return [...down, ...arc(hook, 0, parameters.between(70, 205))];
}

/** A tail that ends in a small loop at the bottom, which crosses the tail. */
function closedTail({ radiusX, y }: Ellipse, parameters: StyleParameters): Stroke {
  const width = parameters.between(0.1, 0.24);
  const height = parameters.between(0.07, 0.17);
  const curl: Ellipse = { x: radiusX - width, y: 1 - height, radiusX: width, radiusY: height };
  const down = bent([radiusX, y], [radiusX, curl.y], parameters.within(0.04));
  const curled = arc(curl, 0, parameters.between(230, 300));
  const [x, bottom] = curled.at(-1)!;
  const end: Point = [x + parameters.between(0.05, 0.3), bottom + parameters.between(-0.05, 0.15)];
  return [...down, ...curled, end];
}

/** The two loops of an eight, one above the other. */
function eightLoops(parameters: StyleParameters): { upper: Ellipse; lower: Ellipse } {
  const middle = parameters.between(0.38, 0.56);
  return {
    upper: { x: 0, y: middle / 2, radiusX: parameters.between(0.14, 0.32), radiusY: middle / 2 },
    lower: {
      x: parameters.within(0.05),
      y: (1 + middle) / 2,
      radiusX: parameters.between(0.17, 0.38),
      radiusY: (1 - middle) / 2,
    },
  };
}

/** An S from the right end of the upper loop through the middle and back; angles of its two ends. */
function drawEight(parameters: StyleParameters, start: number, end: number): Drawing {
  const { upper, lower } = eightLoops(parameters);
  // The upper loop's left half, the lower loop's right half and left half, then the upper loop's right half.
  const s = [
    ...arc(upper, start, -270),
    ...arc(lower, -90, 90),
    ...arc(lower, 90, 240),
    ...arc(upper, 60, end),
  ];
  return written([s], parameters);
}

const eights: readonly StyleFamily[] = [
  {
    name: 'eight',
    label: 8,
    draw: parameters =>
      drawEight(parameters, -70 + parameters.within(20), -75 + parameters.within(25)),
  },
  {
    name: 'eight open at the top',
    label: 8,
    draw: parameters =>
      drawEight(parameters, -parameters.between(30, 90), -parameters.between(-15, 35)),
  },
  {
    name: 'eight from the middle',
    label: 8,
    draw: parameters => {
      const { upper, lower } = eightLoops(parameters);
      const start = parameters.between(70, 110);
      const loops = [
        ...arc(upper, start, start + parameters.between(315, 360)),
        ...arc(lower, -90, -90 + parameters.between(300, 355) * (parameters.chance(0.5) ? 1 : -1)),
      ];
      return written([loops], parameters);
    },
  },
  {
    name: 'eight of two circles',
    label: 8,
    draw: parameters => {
      const { upper, lower } = eightLoops(parameters);
      const [first, second] = [parameters.within(180), parameters.within(180)];
      const [gap, other] = [parameters.between(-20, 35), parameters.between(-20, 35)];
      return written(
        [arc(upper, first, first - 360 + gap), arc(lower, second, second - 360 + other)],
        parameters,
      );
    },
  },
];

/** The styles of zeros, sixes, eights and nines. */
export const roundDigits: readonly StyleFamily[] = [...zeros, ...sixes, ...eights, ...nines];
