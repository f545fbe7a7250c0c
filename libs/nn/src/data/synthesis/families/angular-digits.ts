// The styles of twos, threes, fours and fives.

import type { Point, Stroke } from '../../strokes.ts';
import { arc, bent, type Ellipse, written } from './curves.ts';
import type { StyleFamily } from './style-family.ts';
import type { StyleParameters } from './style-parameters.ts';

/** The arch at the top of a two, from its left end to the point where the neck begins. */
function arch(parameters: StyleParameters): { stroke: Stroke; radiusX: number } {
  const radiusX = parameters.between(0.18, 0.34);
  const ellipse: Ellipse = { x: 0, y: 0.26, radiusX, radiusY: 0.26 };
  return { stroke: arc(ellipse, parameters.between(-215, -120), 25), radiusX };
}

const twos: readonly StyleFamily[] = [
  {
    name: 'two with a straight foot',
    label: 2,
    draw: parameters => {
      const { stroke, radiusX } = arch(parameters);
      const corner: Point = [-radiusX - parameters.within(0.1), 1];
      const neck = bent(stroke.at(-1)!, corner, -parameters.between(0, 0.12));
      const foot: Point = [radiusX + parameters.between(-0.1, 0.25), 1 + parameters.within(0.12)];
      return written(
        [[...stroke, ...neck, ...bent(corner, foot, parameters.within(0.1))]],
        parameters,
      );
    },
  },
  {
    name: 'two with a loop',
    label: 2,
    draw: parameters => {
      const { stroke, radiusX } = arch(parameters);
      const loop: Ellipse = {
        x: -radiusX + parameters.between(0, 0.12),
        y: parameters.between(0.84, 0.92),
        radiusX: parameters.between(0.07, 0.18),
        radiusY: parameters.between(0.05, 0.13),
      };
      const curl = arc(loop, 60, 320);
      const neck = bent(stroke.at(-1)!, curl[0]!, -parameters.between(0, 0.1));
      const foot: Point = [radiusX + parameters.between(-0.05, 0.25), 1 + parameters.within(0.08)];
      const end = bent(curl.at(-1)!, foot, parameters.within(0.12));
      return written([[...stroke, ...neck, ...curl, ...end]], parameters);
    },
  },
];

/** The lower bowl of a three or a five, from its upper end. */
function bowl(top: number, radiusX: number, x: number, parameters: StyleParameters): Stroke {
  const radiusY = (1 - top) / 2;
  const start = parameters.between(-110, -75);
  return arc({ x, y: top + radiusY, radiusX, radiusY }, start, parameters.between(110, 190));
}

const threes: readonly StyleFamily[] = [
  {
    name: 'three of two bowls',
    label: 3,
    draw: parameters => {
      const middle = parameters.between(0.4, 0.52);
      const radiusX = parameters.between(0.18, 0.34);
      const upper: Ellipse = { x: 0, y: middle / 2, radiusX, radiusY: middle / 2 };
      const waist: Point = [-parameters.between(-0.1, 0.15), middle];
      const lower = bowl(middle, parameters.between(0.2, 0.38), 0, parameters);
      const first = arc(upper, parameters.between(-200, -110), 75);
      return written([[...first, waist, ...lower]], parameters);
    },
  },
  {
    name: 'three with a flat top',
    label: 3,
    draw: parameters => {
      const middle = parameters.between(0.33, 0.5);
      const [left, right] = [-parameters.between(0.15, 0.35), parameters.between(0.1, 0.35)];
      const waist: Point = [parameters.between(-0.15, 0.08), middle];
      const lower = bowl(middle, parameters.between(0.2, 0.36), waist[0] + 0.05, parameters);
      return written([[[left, parameters.within(0.06)], [right, 0], waist, ...lower]], parameters);
    },
  },
];

/** The lower left corner of a four, and the right end of its bar. */
interface FourBar {
  readonly left: Point;
  readonly right: Point;
}

function fourBar(parameters: StyleParameters): FourBar {
  const y = parameters.between(0.5, 0.78);
  return {
    left: [-parameters.between(0.3, 0.5), y],
    right: [parameters.between(0.05, 0.4), y + parameters.within(0.1)],
  };
}

const fours: readonly StyleFamily[] = [
  {
    name: 'four open at the top',
    label: 4,
    draw: parameters => {
      const { left, right } = fourBar(parameters);
      const armTop: Point = [
        left[0] + parameters.between(-0.02, 0.25),
        parameters.between(0, 0.15),
      ];
      const stemX = parameters.between(0, right[0] + 0.02);
      const top: Point = [stemX + parameters.within(0.1), parameters.between(0, 0.4)];
      const bottom: Point = [stemX + parameters.within(0.1), 1];
      const arm = bent(armTop, left, parameters.within(0.1));
      const angular = parameters.chance(0.7);
      const bar = angular
        ? [left, right]
        : arc({ x: left[0] + 0.12, y: left[1] - 0.1, radiusX: 0.12, radiusY: 0.1 }, 180, 90);
      return written(
        [[...arm, ...bar, right], bent(top, bottom, parameters.within(0.05))],
        parameters,
      );
    },
  },
  {
    name: 'four in one stroke',
    label: 4,
    draw: parameters => {
      const { left, right } = fourBar(parameters);
      const armTop: Point = [left[0] + parameters.between(0, 0.2), parameters.between(0, 0.2)];
      const top: Point = [right[0] + parameters.within(0.05), parameters.between(0, 0.35)];
      const bottom: Point = [right[0] + parameters.between(-0.15, 0.08), 1];
      const up = bent(right, top, parameters.within(0.06));
      return written(
        [[...bent(armTop, left, parameters.within(0.1)), right, ...up, bottom]],
        parameters,
      );
    },
  },
  {
    name: 'four closed at the top',
    label: 4,
    draw: parameters => {
      const { left, right } = fourBar(parameters);
      const stemX = parameters.between(0, right[0] + 0.03);
      const apex: Point = [stemX + parameters.between(-0.06, 0.04), 0];
      const arm = bent(apex, left, parameters.within(0.05));
      const top: Point = [stemX, parameters.chance(0.6) ? parameters.between(0, 0.3) : 0];
      const bottom: Point = [stemX + parameters.within(0.08), 1];
      return written([[...arm, right], bent(top, bottom, parameters.within(0.04))], parameters);
    },
  },
  {
    name: 'four with a short stem',
    label: 4,
    draw: parameters => {
      const { left, right } = fourBar(parameters);
      const armTop: Point = [parameters.between(-0.2, 0.1), 0];
      const stemX = parameters.between(-0.05, right[0]);
      const top: Point = [
        stemX + parameters.within(0.05),
        left[1] - parameters.between(0.08, 0.25),
      ];
      const bottom: Point = [stemX + parameters.within(0.08), 1];
      return written(
        [
          [...bent(armTop, left, parameters.within(0.08)), right],
          [top, bottom],
        ],
        parameters,
      );
    },
  },
];

/** The neck and the bowl of a five, from the left end of its bar. */
function fiveBody(parameters: StyleParameters): Stroke {
  const middle = parameters.between(0.35, 0.5);
  const x = parameters.between(-0.3, -0.12);
  const lower = bowl(
    middle,
    parameters.between(0.22, 0.38),
    x + parameters.between(0.05, 0.2),
    parameters,
  );
  const neck: Point = [x + parameters.within(0.07), middle + parameters.between(-0.02, 0.1)];
  return [[x + parameters.within(0.05), 0], neck, ...lower];
}

const fives: readonly StyleFamily[] = [
  {
    name: 'five in one stroke',
    label: 5,
    draw: parameters => {
      const body = fiveBody(parameters);
      const [x] = body[0]!;
      const end: Point = [x + parameters.between(0.25, 0.6), parameters.within(0.1)];
      return written([[end, ...body]], parameters);
    },
  },
  {
    name: 'five with a bar apart',
    label: 5,
    draw: parameters => {
      const body = fiveBody(parameters);
      const start: Point = [
        body[0]![0] + parameters.between(-0.08, 0.2),
        parameters.between(-0.16, 0.06),
      ];
      const end: Point = [
        start[0] + parameters.between(0.2, 0.55),
        start[1] + parameters.within(0.14),
      ];
      return written([body, bent(start, end, parameters.within(0.08))], parameters);
    },
  },
];

/** The styles of twos, threes, fours and fives. */
export const angularDigits: readonly StyleFamily[] = [...twos, ...threes, ...fours, ...fives];
