import { EventEmitter } from 'node:events';
import test from 'ava';
import { createTerminalInput } from '../../src/terminal/terminal-input.ts';

/** A terminal that notes what is done to it, and the keys and mouse events that come out. */
function setUp() {
  const log: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    setRawMode: (isRaw: boolean) => log.push(isRaw ? 'raw' : 'cooked'),
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
    ref: () => log.push('ref'),
    unref: () => log.push('unref'),
  });
  const stdout = { write: (text: string) => log.push(text) };
  const { keys, release } = createTerminalInput({
    stdin: stdin as never,
    stdout: stdout as never,
    onMouse: ({ kind }) => log.push(kind),
  });
  keys.on('readable', () => {
    for (let read = keys.read(); read !== null; read = keys.read()) log.push(`key ${read}`);
  });
  const type = (bytes: string) => stdin.emit('data', Buffer.from(bytes));
  /** What happened since it was last asked. */
  const news = () => log.splice(0);
  return { keys, release, type, news };
}

const TAKEN = ['raw', '\u{1b}[?1002h\u{1b}[?1006h'];
const RELEASED = ['\u{1b}[?1006l\u{1b}[?1002l', 'pause', 'cooked'];

test('the terminal is taken at once: raw mode first, then the mouse', t => {
  t.deepEqual(setUp().news(), TAKEN);
});

test('reading begins when Ink asks for raw mode', t => {
  const { keys, news } = setUp();
  news();
  keys.setRawMode(true);
  t.deepEqual(news(), ['resume']);
});

test('when Ink forgoes raw mode the mouse is switched off first', t => {
  const { keys, news } = setUp();
  keys.setRawMode(true);
  news();
  keys.setRawMode(false);
  t.deepEqual(news(), RELEASED);
});

test('the terminal is given back once, even if Ink never asked for it', t => {
  const { keys, release, news } = setUp();
  news();
  release();
  t.deepEqual(news(), RELEASED);
  release();
  keys.setRawMode(false);
  t.deepEqual(news(), []);
});

test('a terminal that was given back can be taken again', t => {
  const { keys, release, news } = setUp();
  release();
  news();
  keys.setRawMode(true);
  t.deepEqual(news(), [...TAKEN, 'resume']);
});

test('keys and mouse events are delivered at once and in order', t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  type('ab\u{1b}[<0;1;1Mc\u{1b}[A\u{1b}[<0;1;1m\r');
  t.deepEqual(news(), ['key ab', 'press', 'key c', 'key \u{1b}[A', 'release', 'key \r']);
});

test('nothing is read outside raw mode', t => {
  const { keys, type, news } = setUp();
  news();
  type('a');
  keys.setRawMode(true);
  keys.setRawMode(false);
  type('b');
  t.deepEqual(news(), ['resume', ...RELEASED]);
});

test('a lone ESC becomes the Escape key by itself', async t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  const arrived = new Promise(resolve => keys.once('readable', resolve));
  type('\u{1b}');
  t.deepEqual(news(), []);
  await arrived;
  t.deepEqual(news(), ['key \u{1b}']);
});
