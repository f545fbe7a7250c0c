import test from 'ava';
import { Random } from '../../../src/engine/random.ts';
import { impulseNoise, shotNoise } from '../../../src/evaluation/corruptions/noise.ts';
import { pictureWhere } from './draw.ts';

const grey = pictureWhere(() => true, 85);

test('shot noise leaves black black and counts photons, three to white', t => {
  const half = pictureWhere(x => x < 14, 85);
  const noisy = shotNoise(half, new Random(1));
  t.true(noisy.every((value, i) => (half[i] === 0 ? value === 0 : value % 85 === 0)));
});

test('shot noise keeps the light that comes on the average', t => {
  const random = new Random(2);
  let sum = 0;
  for (let time = 0; time < 20; time++) {
    for (const value of shotNoise(grey, random)) sum += value;
  }
  // A mean of one photon, of which those above three are cut off: 0.975 of it stay.
  const mean = sum / (20 * grey.length);
  t.true(Math.abs(mean - 0.975 * 85) < 1.5, `${mean}`);
});

test('impulse noise turns a sixth of the pixels black or white, as many of each', t => {
  const random = new Random(3);
  const pixels = Array.from({ length: 20 }, () => [...impulseNoise(grey, random)]).flat();
  const share = (of: number) => pixels.filter(value => value === of).length / pixels.length;
  t.true(Math.abs(share(0) - 0.085) < 0.01);
  t.true(Math.abs(share(255) - 0.085) < 0.01);
  t.true(Math.abs(share(85) - 0.83) < 0.015);
});
