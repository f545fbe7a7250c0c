import test from 'ava';
import type { Key } from 'ink';
import { type Command, commandsOf } from '../../src/input/commands.ts';

const commands = (input: string, key: Partial<Key> = {}): Command[] =>
  commandsOf(input, key as Key);
const moved = (dx: number, dy: number): Command => ({
  kind: 'draw',
  action: { type: 'pen-moved', dx, dy },
});
const TOGGLED: Command = { kind: 'draw', action: { type: 'pen-toggled' } };

test('arrows move the pen by one pixel', t => {
  t.deepEqual(commands('', { leftArrow: true }), [moved(-1, 0)]);
  t.deepEqual(commands('', { rightArrow: true }), [moved(1, 0)]);
  t.deepEqual(commands('', { upArrow: true }), [moved(0, -1)]);
  t.deepEqual(commands('', { downArrow: true }), [moved(0, 1)]);
});

test('h, j, k and l move it as in vi', t => {
  t.deepEqual(commands('h'), [moved(-1, 0)]);
  t.deepEqual(commands('j'), [moved(0, 1)]);
  t.deepEqual(commands('k'), [moved(0, -1)]);
  t.deepEqual(commands('l'), [moved(1, 0)]);
});

test('Space puts the pen down or up, c clears, Enter asks', t => {
  t.deepEqual(commands(' '), [TOGGLED]);
  t.deepEqual(commands('c'), [{ kind: 'draw', action: { type: 'cleared' } }]);
  t.deepEqual(commands('', { return: true }), [{ kind: 'ask' }]);
});

test('q and Ctrl+C quit', t => {
  t.deepEqual(commands('q'), [{ kind: 'quit' }]);
  t.deepEqual(commands('c', { ctrl: true }), [{ kind: 'quit' }]);
});

test('keys that came in one piece count one by one', t => {
  t.deepEqual(commands('l jx'), [moved(1, 0), TOGGLED, moved(0, 1)]);
});

test('characters with Ctrl or Alt are other keys', t => {
  t.deepEqual(commands('q', { ctrl: true }), []);
  t.deepEqual(commands('q', { meta: true }), []);
  t.deepEqual(commands('z', { ctrl: true }), []);
});
