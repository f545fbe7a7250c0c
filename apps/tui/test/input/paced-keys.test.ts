import test from 'ava';
import { PacedKeys } from '../../src/input/paced-keys.ts';
import { KeyStream } from '../../src/terminal/key-stream.ts';

function setUp(isPaced: () => boolean) {
  const source = new KeyStream({ setRawMode() {}, ref() {}, unref() {} });
  const keys = new PacedKeys(source, isPaced);
  const read: (string | null)[] = [];
  keys.on('readable', () => read.push(keys.read()));
  return { source, keys, read };
}

const turn = () => new Promise(setImmediate);

test('keys are passed on at once', t => {
  const { source, keys, read } = setUp(() => false);
  source.write('a');
  source.write('b');
  t.deepEqual(read, ['a', 'b']);
  t.is(keys.read(), null);
});

test('while text is typed each key has its own turn, in order', async t => {
  const { source, read } = setUp(() => true);
  for (const key of ['a', 'b', 'c']) source.write(key);
  t.deepEqual(read, []);
  await turn();
  t.deepEqual(read, ['a']);
  await turn();
  await turn();
  t.deepEqual(read, ['a', 'b', 'c']);
});

test('keys after the one that opens a text field are paced and stay in order', async t => {
  let isTyping = false;
  const { source, keys, read } = setUp(() => isTyping);
  keys.on('readable', () => {
    isTyping = read.at(-1) === 's' || (isTyping && read.at(-1) !== '\r');
  });
  for (const key of ['s', 'a', '\r', 'q']) source.write(key);
  t.deepEqual(read, ['s']);
  for (let count = 0; count < 3; count++) await turn();
  t.deepEqual(read, ['s', 'a', '\r', 'q']);
});
