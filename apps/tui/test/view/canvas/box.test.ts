import test from 'ava';
import { boxed } from '../../../src/view/canvas/box.ts';

test('a box has round, square or ASCII lines', t => {
  t.deepEqual(boxed(['ab'], 2, { lines: 'round' }), ['╭──╮', '│ab│', '╰──╯']);
  t.deepEqual(boxed(['ab'], 2, { lines: 'square' }), ['┌──┐', '│ab│', '└──┘']);
  t.deepEqual(boxed(['ab'], 2, { lines: 'ascii' }), ['+--+', '|ab|', '+--+']);
});

test('a position in the box is marked at all four edges', t => {
  const box = boxed(['abc', 'def'], 3, { lines: 'round' }, { column: 1, row: 1 });
  t.deepEqual(box, ['╭─┬─╮', '│abc│', '├def┤', '╰─┴─╯']);
});
