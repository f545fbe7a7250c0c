import test from 'ava';
import { memoizeLast } from '../../src/view/memoize-last.ts';

test('the same arguments again are not computed anew, others are', t => {
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
