// What is no digit, drawn with a pen: letters and signs that nobody takes for one. Letters like O, I,
// S, Z, B, b, g, q and l are left out, and so are a circle and a square.
import type { Stroke } from '../data/strokes.ts';

/** Strokes as points "x,y" on a square of 8, x to the right, y down. */
const shapes: Readonly<Record<string, string>> = {
  A: '0,8 4,0 8,8|2,5 6,5',
  E: '7,0 1,0 1,8 7,8|1,4 6,4',
  F: '7,0 1,0 1,8|1,4 6,4',
  G: '7,1 5,0 2,1 1,4 2,7 5,8 7,7 7,5 4,5',
  H: '1,0 1,8|7,0 7,8|1,4 7,4',
  K: '1,0 1,8|7,0 1,4 7,8',
  M: '0,8 1,0 4,5 7,0 8,8',
  N: '1,8 1,0 7,8 7,0',
  P: '1,8 1,0 5,0 7,2 5,4 1,4',
  Q: '4,0 1,2 0,5 2,8 5,8 8,5 7,2 4,0|5,5 8,8',
  R: '1,8 1,0 5,0 7,2 5,4 1,4|3,4 7,8',
  U: '1,0 1,6 3,8 5,8 7,6 7,0',
  V: '0,0 4,8 8,0',
  W: '0,0 2,8 4,2 6,8 8,0',
  X: '0,0 8,8|8,0 0,8',
  L: '1,0 1,8 7,8',
  a: '6,2 4,1 1,3 1,6 3,8 5,7 6,4 6,2|6,2 6,7 8,8',
  d: '6,4 4,3 1,4 1,7 3,8 6,7|6,0 6,8',
  e: '1,5 6,4 6,2 4,1 2,2 1,5 2,7 4,8 7,7',
  f: '7,1 5,0 4,2 4,8|1,4 7,4',
  h: '1,0 1,8|1,5 4,3 6,5 6,8',
  k: '1,0 1,8|6,3 1,6 6,8',
  m: '0,3 0,8|0,4 2,3 4,4 4,8|4,4 6,3 8,4 8,8',
  n: '1,2 1,8|1,4 4,2 7,4 7,8',
  p: '1,1 1,8|1,2 4,1 6,3 4,5 1,4',
  r: '2,2 2,8|2,4 4,2 7,3',
  u: '1,2 1,6 3,8 6,6|6,2 6,8 8,8',
  w: '0,2 2,8 4,3 6,8 8,2',
  x: '1,2 7,8|7,2 1,8',
  plus: '4,0 4,8|0,4 8,4',
  equals: '0,3 8,3|0,6 8,6',
  minus: '0,4 8,4',
  hash: '3,0 2,8|6,0 5,8|0,3 8,3|0,6 8,6',
  star: '4,0 6,8 0,3 8,3 2,8 4,0',
  heart: '4,8 0,4 0,1 2,0 4,2 6,0 8,1 8,4 4,8',
  triangle: '4,0 8,8 0,8 4,0',
  arrow: '0,4 8,4|5,1 8,4 5,7',
  tick: '0,5 3,8 8,0',
  question: '1,2 2,0 5,0 7,2 4,4 4,6|4,8 4,8',
  house: '0,8 0,3 4,0 8,3 8,8 0,8',
  face: '4,0 1,1 0,4 1,7 4,8 7,7 8,4 7,1 4,0|3,3 3,3|5,3 5,3|2,5 4,6 6,5',
  at: '6,5 4,3 3,5 5,6 6,3 7,6 8,3 5,0 1,1 0,5 2,8 6,8',
  euro: '8,1 5,0 2,2 1,5 3,8 7,8|0,3 6,3|0,5 6,5',
};

/** All of them, as strokes in the square 0…1. */
export const noDigits: readonly (readonly Stroke[])[] = Object.values(shapes).map(shape =>
  shape.split('|').map(stroke =>
    stroke.split(' ').map(point => {
      const [x, y] = point.split(',');
      return [Number(x) / 8, Number(y) / 8];
    }),
  ),
);
