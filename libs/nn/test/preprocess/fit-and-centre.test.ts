import test from 'ava';
import { fit } from '../../src/preprocess/fit-and-centre.ts';
import { plane } from './pictures.ts';

test('the longest side becomes 20, and the other keeps its proportion', t => {
  const values = new Float32Array(61 * 37).fill(1);
  const wide = fit({
    plane: { width: 61, height: 37, values },
    box: { left: 3, top: 7, right: 43, bottom: 37 },
  });
  t.like(wide, { width: 20, height: 15 });
  t.true(wide.values.every(value => Math.abs(value - 1) < 1e-6));
});

test('a very long and thin part keeps a pixel of width', t => {
  const values = new Float32Array(199).fill(1);
  const box = { left: 0, top: 0, right: 199, bottom: 1 };
  t.like(fit({ plane: { width: 199, height: 1, values }, box }), { width: 20, height: 1 });
});

test('at scale 1 the part comes out as it went in', t => {
  const ink = plane('0000000', '0123450', '0543210', '0000000');
  const part = fit({ plane: ink, box: { left: 1, top: 1, right: 6, bottom: 3 } }, 5);
  t.deepEqual(part, plane('12345', '54321'));
});
