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
  const {
    keys,
    release,
    retake,
    query: ask,
    mouse,
    resized,
  } = createTerminalInput({
    stdin: stdin as never,
    stdout: stdout as never,
    onMouse: ({ type, x, y }) => log.push(`${type} ${x} ${y}`),
    onResponse: ({ type }) => log.push(`answer ${type}`),
    onSuspend: () => log.push('suspend'),
  });
  keys.on('readable', () => {
    for (let read = keys.read(); read !== null; read = keys.read()) log.push(`key ${read}`);
  });
  const type = (bytes: string) => stdin.emit('data', Buffer.from(bytes));
  /** What happened since it was last asked. */
  const news = () => log.splice(0);
  return { keys, release, retake, ask, mouse, resized, type, news };
}

const taken = ['raw', '\u{1b}[?1002h\u{1b}[?1006h'];
const mouseOff = '\u{1b}[?1016l\u{1b}[?1006l\u{1b}[?1002l';
const released = [mouseOff, 'pause', 'cooked'];
const askPixels = '\u{1b}[?1016$p';

test('the terminal is taken at once: raw mode first, then the mouse', t => {
  t.deepEqual(setUp().news(), taken);
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
  t.deepEqual(news(), released);
});

test('the terminal is given back once, even if Ink never asked for it', t => {
  const { keys, release, news } = setUp();
  news();
  release();
  t.deepEqual(news(), released);
  release();
  keys.setRawMode(false);
  t.deepEqual(news(), []);
});

test('a terminal that was given back can be taken again', t => {
  const { keys, release, news } = setUp();
  release();
  news();
  keys.setRawMode(true);
  t.deepEqual(news(), [...taken, 'resume']);
});

test('keys and mouse events are delivered at once and in order', t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  type('ab\u{1b}[<0;1;1Mc\u{1b}[A\u{1b}[<0;1;1m\r');
  t.deepEqual(news(), ['key ab', 'press 0 0', 'key c', 'key \u{1b}[A', 'release 0 0', 'key \r']);
});

test('nothing is read outside raw mode', t => {
  const { keys, type, news } = setUp();
  news();
  type('a');
  keys.setRawMode(true);
  keys.setRawMode(false);
  type('b');
  t.deepEqual(news(), ['resume', ...released]);
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

test('an app that was held up reads what came meanwhile before it takes an ESC for a key', async t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  const { promise, resolve } = Promise.withResolvers<void>();
  type('\u{1b}');
  setTimeout(() => {
    type('[<0;3;5M');
    setImmediate(resolve);
  });
  // Held up for longer than an ESC may wait: both timers are due when it goes on.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  await promise;
  t.deepEqual(news(), ['press 2 4']);
});

/** The terminal in raw mode, and what happened so far forgotten. */
function setUpReading() {
  const parts = setUp();
  parts.keys.setRawMode(true);
  parts.news();
  return parts;
}

test('the mouse can be switched off and on while the app runs', t => {
  const { mouse, news } = setUpReading();
  mouse.disable();
  mouse.disable();
  t.false(mouse.isEnabled);
  mouse.enable();
  mouse.enable();
  t.true(mouse.isEnabled);
  t.deepEqual(news(), [mouseOff, taken[1]]);
});

test('a mouse that was switched off stays off when the terminal is taken again', t => {
  const { mouse, release, retake, news } = setUpReading();
  mouse.disable();
  release();
  news();
  retake();
  t.deepEqual(news(), ['raw', 'resume']);
});

test('the questions to the terminal go out together, and their answers never reach Ink', t => {
  const { ask, type, news } = setUpReading();
  ask();
  t.deepEqual(news(), ['\u{1b}[?1016$p\u{1b}[?2026$p\u{1b}[16t\u{1b}]11;?\u{1b}\\\u{1b}[c']);
  type('\u{1b}[?1016;0$y\u{1b}[?2026;2$y\u{1b}]11;rgb:0/0/0\u{7}\u{1b}[?62c');
  t.deepEqual(news(), ['answer mode', 'answer mode', 'answer background', 'answer device']);
});

test('a terminal that has been given back is not asked', t => {
  const { ask, release, news } = setUpReading();
  release();
  news();
  ask();
  t.deepEqual(news(), []);
});

test('pixels are switched on once the terminal knows them and the size of a cell', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[?1016;2$y');
  t.deepEqual(news(), ['answer mode']);
  type('\u{1b}[6;20;10t');
  t.deepEqual(news(), [`\u{1b}[?1016h${askPixels}`, 'answer cell-size']);
});

test('a report is in pixels only from the answer on that says so', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y');
  news();
  type('\u{1b}[<0;25;30M\u{1b}[?1016;1$y\u{1b}[<32;25;30M\u{1b}[<32;0;-3M');
  t.deepEqual(news(), ['press 24 29', 'answer mode', 'motion 2.45 1.475', 'motion -0.05 -0.175']);
});

test('pixels are switched on again with the mouse, and in cells until that is confirmed', t => {
  const { mouse, type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y\u{1b}[?1016;1$y');
  mouse.disable();
  news();
  mouse.enable();
  t.deepEqual(news(), [taken[1], `\u{1b}[?1016h${askPixels}`]);
  type('\u{1b}[<0;25;30M\u{1b}[?1016;1$y\u{1b}[<32;25;30M');
  t.deepEqual(news(), ['press 24 29', 'answer mode', 'motion 2.45 1.475']);
});

test('a terminal that knows no pixels is left at cells, where nothing is before the first', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;0$y\u{1b}[<0;25;30M\u{1b}[<32;0;30M');
  t.deepEqual(news(), ['answer cell-size', 'answer mode', 'press 24 29']);
});

test('after a resize the size of a cell is asked anew, and the new one counts', t => {
  const { type, resized, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y\u{1b}[?1016;1$y');
  news();
  resized();
  t.deepEqual(news(), ['\u{1b}[16t']);
  type('\u{1b}[6;40;20t\u{1b}[<0;25;30M');
  t.deepEqual(news(), ['answer cell-size', 'press 1.225 0.7375']);
});

test('Ctrl+Z is for the app and not for Ink', t => {
  const { type, news } = setUpReading();
  type('a\u{1a}b');
  t.deepEqual(news(), ['key a', 'suspend', 'key b']);
});

test('a terminal that was given back can be taken again without Ink', t => {
  const { release, retake, type, news } = setUpReading();
  release();
  news();
  retake();
  type('a');
  t.deepEqual(news(), [...taken, 'resume', 'key a']);
});
