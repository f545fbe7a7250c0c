import { defaultBrush } from '@digits/canvas';
import test from 'ava';
import {
  appBrushRadius,
  drawRenderStyle,
  type RenderStyle,
  render,
  renderInRandomStyle,
  snapToGrid,
} from '../../../../src/data/synthesis/rendering/render.ts';
import { Random } from '../../../../src/engine/random.ts';
import { inkBounds, type Picture } from '../../../../src/preprocess/picture.ts';
import { brush, seven } from '../drawings.ts';

const onGrid: RenderStyle = {
  side: 28,
  size: 18,
  centre: [14, 13],
  radius: 1.2,
  grid: 'none',
  isSoft: true,
};

/** The box of the ink. */
function boundsOf({ width, height, data }: Picture) {
  return inkBounds({ width, height, values: Float32Array.from(data) })!;
}

test('the radius of the app’s brush is that of the canvas', t => {
  t.is(appBrushRadius, defaultBrush.radius);
});

const styles = Array.from({ length: 400 }, (_, seed) =>
  drawRenderStyle(undefined, new Random(seed)),
);

test('a drawing has the size and the place of its style', t => {
  const { left, top, right, bottom } = boundsOf(render(seven, onGrid, brush));
  const pen = 2 * (1.2 + 0.5);
  t.true(Math.abs(bottom - top - (18 + pen)) <= 2, `${top} to ${bottom}`);
  t.true(Math.abs((top + bottom) / 2 - 13) <= 1 && Math.abs((left + right) / 2 - 14) <= 1);
});

test('on 28×28 the app’s brush draws, with the radius in pixels', t => {
  const radii: number[] = [];
  const paper = Uint8Array.from({ length: 784 }, (_, i) => i % 251);
  const picture = render(seven, onGrid, (_, radius) => {
    radii.push(radius);
    return paper;
  });
  t.deepEqual(radii, [1.2]);
  t.deepEqual(picture, { width: 28, height: 28, channels: 1, data: paper });
});

test('a thin line and another program’s pen do not use the app’s brush', t => {
  const never = () => t.fail() as never;
  const thin = render(seven, { ...onGrid, radius: undefined }, never);
  t.deepEqual([...new Set(thin.data)].sort(), [0, 255]);
  const elsewhere = render(seven, { ...onGrid, side: 71, centre: [35, 35], size: 50 }, never);
  t.like(elsewhere, { width: 71, height: 71 });
  t.is(elsewhere.data.length, 71 * 71);
});

test('random styles keep the drawing on the canvas, except for the pen’s thickness', t => {
  for (const { side, size, centre, radius } of styles) {
    t.true(size >= 0.2 * side && size <= 0.97 * side);
    const inset = Math.min(...centre, ...centre.map(at => side - at)) - size / 2;
    t.true(inset >= -1e-9, `${inset}`);
    t.true(radius === undefined || (radius > 0.1 && radius < 0.1 * side));
  }
});

test('random styles cover the app’s canvas and others, thin and thick pens, and every grid', t => {
  const fraction = (isSo: (style: RenderStyle) => boolean) =>
    styles.filter(isSo).length / styles.length;
  t.true(Math.abs(fraction(({ side }) => side !== 28) - 0.32) < 0.08);
  t.true(Math.abs(fraction(({ radius }) => radius === undefined) - 0.2) < 0.08);
  for (const grid of ['half-block', 'full-cell', 'none']) {
    t.true(fraction(style => style.side === 28 && style.grid === grid) > 0.15, grid);
  }
  t.true(styles.every(({ side, isSoft }) => side !== 28 || isSoft));
});

test('the same seed gives the same picture, another seed another', t => {
  const drawn = (seed: number) => renderInRandomStyle(seven, 7, brush, new Random(seed));
  t.deepEqual(drawn(5), drawn(5));
  t.notDeepEqual(drawn(5), drawn(6));
});

const path = [
  [
    [3.1, 5.9],
    [3.9, 4.1],
    [4, 6],
    [3.5, 5],
  ],
  [[0, 0]],
] as const;

test('with half blocks a point moves to the centre of a cell of 1 × 2 pixels', t => {
  t.deepEqual(snapToGrid(path, 'half-block'), [
    [
      [3.5, 5],
      [4.5, 7],
      [3.5, 5],
    ],
    [[0.5, 1]],
  ]);
});

test('with full cells a point moves to the centre of a cell of ½ × 1 pixel', t => {
  t.deepEqual(snapToGrid(path, 'full-cell'), [
    [
      [3.25, 5.5],
      [3.75, 4.5],
      [4.25, 6.5],
      [3.75, 5.5],
    ],
    [[0.25, 0.5]],
  ]);
});

test('a pen that stays in a cell gives one point', t => {
  const still = [Array.from({ length: 13 }, (_, i) => [7 + i / 13, 9] as const)];
  t.deepEqual(snapToGrid(still, 'half-block'), [[[7.5, 9]]]);
  t.is(snapToGrid(still, 'full-cell')[0]!.length, 2);
});

test('points outside the canvas have cells as well', t => {
  t.deepEqual(snapToGrid([[[-0.2, -0.2]]], 'half-block'), [[[-0.5, -1]]]);
});

test('without a grid the points stay as they are', t => {
  t.is(snapToGrid(path, 'none'), path);
});
