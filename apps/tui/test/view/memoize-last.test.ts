import test from 'ava';
import { memoizeLast } from '../../src/view/canvas/canvas-inset.ts';

test('a function is not called again with the same arguments', t => {
  let calls = 0;
  const pair = memoizeLast((one: number | undefined, other: string) => {
    calls++;
    return [one, other];
  });
  const first = pair(undefined, 'a');
  t.is(pair(undefined, 'a'), first);
  t.deepEqual(pair(3, 'a'), [3, 'a']);
  t.deepEqual(pair(3, 'b'), [3, 'b']);
  t.deepEqual(pair(undefined, 'a'), [undefined, 'a']);
  t.is(calls, 4);
});
