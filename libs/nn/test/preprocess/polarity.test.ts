import test from 'ava';
import { findPolarity } from '../../src/preprocess/polarity.ts';
import { greyPicture } from './pictures.ts';

test('the ink is the side with the larger sum of differences', t => {
  const picture = (ink: number, paper: number) => {
    const { data } = greyPicture(10, 10, (x, y) => (x === 5 && y > 1 && y < 8 ? ink : paper));
    return { width: 10, height: 10, values: Float32Array.from(data) };
  };
  t.deepEqual(findPolarity(picture(0, 200), 200), { sign: -1, contrast: 200 });
  t.deepEqual(findPolarity(picture(200, 0), 0), { sign: 1, contrast: 200 });
});

test('a large part in other light is not the ink, though its sum is larger', t => {
  const { data } = greyPicture(10, 10, (x, y) =>
    x < 5 ? 230 : x === 7 && y > 1 && y < 8 ? 0 : 138,
  );
  const plane = { width: 10, height: 10, values: Float32Array.from(data) };
  t.is(findPolarity(plane, 138).sign, -1);
});
