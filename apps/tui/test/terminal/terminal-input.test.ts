import { EventEmitter } from 'node:events';
import test from 'ava';
import { drain } from '../../src/terminal/drain-input.ts';
import { createTerminalInput } from '../../src/terminal/terminal-input.ts';
import { createTokenizer, type Token } from '../../src/terminal/tokenizer.ts';
import { createTypedPasteDetector } from '../../src/terminal/typed-paste.ts';

/** A terminal that logs the calls, and the keys and mouse events that it yields. */
function setUp() {
  const log: string[] = [];
  let batches = 0;
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
    isBeyondTyping,
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
    batch(deliveries) {
      batches++;
      deliveries();
    },
    drain: () => log.push('drain'),
  });
  keys.on('readable', () => {
    for (let read = keys.read(); read !== null; read = keys.read()) log.push(`key ${read}`);
  });
  const type = (bytes: string) => stdin.emit('data', Buffer.from(bytes));
  /** The log since the last call. */
  const news = () => log.splice(0);
  const countBatches = () => batches;
  return { keys, isBeyondTyping, release, retake, ask, mouse, resized, type, news, countBatches };
}

const taken = ['raw', '\u{1b}[?1002h\u{1b}[?1006h'];
const mouseOff = '\u{1b}[?1016l\u{1b}[?1006l\u{1b}[?1002l';
const released = [mouseOff, 'pause', 'drain', 'cooked'];
const askPixels = '\u{1b}[?1016$p';

test('raw mode is set at once, and then the mouse', t => {
  t.deepEqual(setUp().news(), taken);
});

test('reading begins when Ink sets raw mode', t => {
  const { keys, news } = setUp();
  news();
  keys.setRawMode(true);
  t.deepEqual(news(), ['resume']);
});

test('when Ink ends raw mode the mouse is switched off first', t => {
  const { keys, news } = setUp();
  keys.setRawMode(true);
  news();
  keys.setRawMode(false);
  t.deepEqual(news(), released);
});

test('the terminal is released once, even if Ink never set raw mode', t => {
  const { keys, release, news } = setUp();
  news();
  release();
  t.deepEqual(news(), released);
  release();
  keys.setRawMode(false);
  t.deepEqual(news(), []);
});

test('a released terminal can be taken again', t => {
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

test('a lone ESC becomes the Escape key after a while', async t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  const arrived = new Promise(resolve => keys.once('readable', resolve));
  type('\u{1b}');
  t.deepEqual(news(), []);
  await arrived;
  t.deepEqual(news(), ['key \u{1b}']);
});

test('after a blocked event loop, input is read before an ESC counts as a key', async t => {
  const { keys, type, news } = setUp();
  keys.setRawMode(true);
  news();
  const { promise, resolve } = Promise.withResolvers<void>();
  type('\u{1b}');
  setTimeout(() => {
    type('[<0;3;5M');
    setImmediate(resolve);
  });
  // Blocked for longer than an ESC waits: both timers are due afterwards.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
  await promise;
  t.deepEqual(news(), ['press 2 4']);
});

/** The terminal in raw mode, with an empty log. */
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

test('a disabled mouse stays off when the terminal is taken again', t => {
  const { mouse, release, retake, news } = setUpReading();
  mouse.disable();
  release();
  news();
  retake();
  t.deepEqual(news(), ['raw', 'resume']);
});

test('all queries are written together, and their responses never reach Ink', t => {
  const { ask, type, news } = setUpReading();
  ask();
  t.deepEqual(news(), ['\u{1b}[?1016$p\u{1b}[?2026$p\u{1b}[16t\u{1b}]11;?\u{1b}\\\u{1b}[c']);
  type('\u{1b}[?1016;0$y\u{1b}[?2026;2$y\u{1b}]11;rgb:0/0/0\u{7}\u{1b}[?62c');
  t.deepEqual(news(), ['answer mode', 'answer mode', 'answer background', 'answer device']);
});

test('a released terminal is not queried', t => {
  const { ask, release, news } = setUpReading();
  release();
  news();
  ask();
  t.deepEqual(news(), []);
});

test('pixel reports are switched on once their support and the size of a cell are known', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[?1016;2$y');
  t.deepEqual(news(), ['answer mode']);
  type('\u{1b}[6;20;10t');
  t.deepEqual(news(), [`\u{1b}[?1016h${askPixels}`, 'answer cell-size']);
});

test('reports are in pixels only after the response that confirms it', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y');
  news();
  type('\u{1b}[<0;25;30M\u{1b}[?1016;1$y\u{1b}[<32;25;30M\u{1b}[<32;0;-3M');
  t.deepEqual(news(), ['press 24 29', 'answer mode', 'motion 2.45 1.475', 'motion -0.05 -0.175']);
});

test('pixel reports are switched on again with the mouse, and reports are in cells until confirmed', t => {
  const { mouse, type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y\u{1b}[?1016;1$y');
  mouse.disable();
  news();
  mouse.enable();
  t.deepEqual(news(), [taken[1], `\u{1b}[?1016h${askPixels}`]);
  type('\u{1b}[<0;25;30M\u{1b}[?1016;1$y\u{1b}[<32;25;30M');
  t.deepEqual(news(), ['press 24 29', 'answer mode', 'motion 2.45 1.475']);
});

test('without pixel reports positions are cells, and none is negative', t => {
  const { type, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;0$y\u{1b}[<0;25;30M\u{1b}[<32;0;30M');
  t.deepEqual(news(), ['answer cell-size', 'answer mode', 'press 24 29']);
});

test('after a resize the size of a cell is queried again and used', t => {
  const { type, resized, news } = setUpReading();
  type('\u{1b}[6;20;10t\u{1b}[?1016;2$y\u{1b}[?1016;1$y');
  news();
  resized();
  t.deepEqual(news(), ['\u{1b}[16t']);
  type('\u{1b}[6;40;20t\u{1b}[<0;25;30M');
  t.deepEqual(news(), ['answer cell-size', 'press 1.225 0.7375']);
});

test('Ctrl+Z suspends the app and does not reach Ink', t => {
  const { type, news } = setUpReading();
  type('a\u{1a}b');
  t.deepEqual(news(), ['key a', 'suspend', 'key b']);
});

test('a released terminal can be taken again without Ink', t => {
  const { release, retake, type, news } = setUpReading();
  release();
  news();
  retake();
  type('a');
  t.deepEqual(news(), [...taken, 'resume', 'key a']);
});

/** A stroke of many motions, none like the one before it. */
function strokeOf(motions: number): string {
  const at = (index: number) => `${1 + (index % 50)};${1 + (index % 7)}`;
  const moves = Array.from({ length: motions }, (_, index) => `\u{1b}[<32;${at(index)}M`);
  return `\u{1b}[<0;1;1M${moves.join('')}\u{1b}[<0;9;9m`;
}

const turn = () => new Promise(setImmediate);

/** Turns of the event loop until an event is in the log. @returns all events until then */
async function newsUntil(event: string, news: () => string[]): Promise<string[]> {
  const all = news();
  while (!all.includes(event)) {
    await turn();
    all.push(...news());
  }
  return all;
}

test('a stroke of a thousand reports is delivered at once, in one batch, between its keys', t => {
  const { type, news, countBatches } = setUpReading();
  type(`a${strokeOf(1000)}b`);
  const events = news();
  t.is(events.length, 1004);
  t.deepEqual([events[0], events[1], events[2]], ['key a', 'press 0 0', 'motion 0 0']);
  t.deepEqual(events.slice(-2), ['release 8 8', 'key b']);
  t.is(countBatches(), 1);
});

test('a stroke of 15,000 reports is delivered whole and in order, in several turns', async t => {
  const { type, news, countBatches } = setUpReading();
  type(`${strokeOf(15_000)}b`);
  t.is(news().length, 2000);
  const events = await newsUntil('key b', news);
  t.is(events.length, 13_003);
  t.deepEqual(events[0], `motion ${1999 % 50} ${1999 % 7}`);
  t.is(countBatches(), 8);
});

test('Ctrl+C is delivered before all that waits, and nothing after it', async t => {
  const { type, news } = setUpReading();
  type(`${strokeOf(15_000)}\u{3}${'q'.repeat(3000)}`);
  const events = news();
  t.is(events.length, 2001);
  t.is(events.at(-1), 'key \u{3}');
  await turn();
  await turn();
  t.deepEqual(news(), []);
});

test('of a flood only the last keys are delivered, when it pauses, and then typing goes on', async t => {
  const { keys, type, news } = setUpReading();
  const paused = new Promise(resolve => keys.once('readable', resolve));
  const stroke = strokeOf(5000);
  for (let count = 0; count < 20; count++) type(stroke);
  for (let count = 0; count < 20; count++) type('\u{1}\u{7f}\u{1b}[A'.repeat(1000));
  type('z');
  const during = news();
  t.true(during.length <= 2000, `${during.length} of a flood`);
  await paused;
  const kept = await newsUntil('key z', news);
  t.true(kept.length <= 2000, `${kept.length} after the flood`);
  await turn();
  type('ab\u{1b}[<0;1;1M');
  t.deepEqual(news(), ['key ab', 'press 0 0']);
});

test('Ctrl+C in a flood is delivered at once, and once', t => {
  const { type, news } = setUpReading();
  type('\u{1b}');
  type('jk'.repeat(50_000));
  news();
  type('jk\u{3}jk');
  t.deepEqual(news(), ['key \u{3}']);
});

test('Ctrl+Z in a flood is obeyed at once, unless Ctrl+C is there too', t => {
  const { type, news } = setUpReading();
  type('jk'.repeat(50_000));
  news();
  type('jk\u{1a}jk');
  t.deepEqual(news(), ['suspend']);
  type('jk\u{1a}\u{3}');
  t.deepEqual(news(), ['key \u{3}']);
});

test('what follows Ctrl+C is dropped', t => {
  const { type, news } = setUpReading();
  type(`a\u{3}${'jk\u{1b}[A'.repeat(3000)}`);
  t.deepEqual(news(), ['key a', 'key \u{3}']);
});

test('a few keys at once are typing, more are not until a pause', t => {
  const { type, isBeyondTyping } = setUpReading();
  type('\u{7f}'.repeat(200));
  type(strokeOf(1000));
  t.false(isBeyondTyping());
  type('hjkl'.repeat(20));
  t.true(isBeyondTyping());
});

test('what waits is forgotten when the terminal is released', async t => {
  const { type, release, retake, news } = setUpReading();
  type(`${strokeOf(15_000)}\u{1b}[200~q`);
  release();
  news();
  await turn();
  t.deepEqual(news(), []);
  retake();
  type('a');
  t.deepEqual(news(), [...taken, 'resume', 'key a']);
});

test('Ctrl+Z releases the terminal within a flood, and the rest of it is forgotten', async t => {
  const { type, release, news } = setUpReading();
  type(`${'j\u{1b}[A'.repeat(10)}\u{1a}`);
  t.is(news().at(-1), 'suspend');
  type(`${'\u{1b}[A'.repeat(5000)}`);
  release();
  news();
  await turn();
  t.deepEqual(news(), []);
});

test('pasted text reaches Ink as one paste without control characters', t => {
  const { type, news } = setUpReading();
  type('a\u{1b}[200~q\u{3}\u{1b}[Ar');
  type('st\u{1b}[201~b');
  t.deepEqual(news(), ['key a', 'key \u{1b}[200~q[Arst\u{1b}[201~', 'key b']);
});

test('Ctrl+C in a paste that does not end is obeyed soon, though more of it comes', async t => {
  const { keys, type, news } = setUpReading();
  const arrived = new Promise(resolve => keys.once('readable', resolve));
  type('\u{1b}[200~abc\u{3}');
  const more = setInterval(() => type('def'), 10);
  await arrived;
  clearInterval(more);
  t.is(news()[0], 'key \u{3}');
});

test('a paste that pauses without an end counts as ended, and keys are keys again', async t => {
  const { keys, type, news } = setUpReading();
  const arrived = new Promise(resolve => keys.once('readable', resolve));
  type('\u{1b}[200~abc');
  await arrived;
  type('q');
  t.deepEqual(news(), ['key \u{1b}[200~abc\u{1b}[201~', 'key q']);
});

/** What the detector of pastes without brackets delivers of reads that follow one another at once. */
function detected(isTextField: boolean, ...reads: readonly (string | Uint8Array)[]): Token[] {
  const [tokenizer, detector] = [createTokenizer(), createTypedPasteDetector(() => isTextField)];
  const tokens = reads.flatMap(read => detector.push(tokenizer.push(Buffer.from(read))));
  return [...tokens, ...detector.flush()];
}

const typedPaste = (text: string): Token => ({ type: 'paste', text });
const typedText = (text: string): Token => ({ type: 'text', text });
const pressedKey = (sequence: string): Token => ({ type: 'key', sequence });

const droppedPaths: readonly string[] = [
  '/var/q/x.png',
  '/tm',
  '~/q.png ',
  './q.png',
  '.q/x',
  "'/a b/q.png' '/c/d.png'",
  '"C:\\my q\\x.png"',
  'C:\\q\\x.png',
  'D:/q/x.png',
  '\\\\wsl$\\Ubuntu\\q.png',
  'file:///q/%20x.png\r\n',
  '/a/q.png\r/b/c.png\r',
  '/home/ü/漢字/😀q.png',
];

for (const path of droppedPaths) {
  test(`${JSON.stringify(path)} without brackets is a paste, wherever it is split`, t => {
    const bytes = Buffer.from(path);
    const paste = typedPaste(path.replace(/\r\n?/g, '\n'));
    for (let at = 0; at < bytes.length; at++) {
      t.deepEqual(detected(false, bytes.subarray(0, at), bytes.subarray(at)), [paste]);
    }
    t.deepEqual(detected(false, ...Array.from(bytes, byte => Uint8Array.of(byte))), [paste]);
  });
}

test('a path without brackets ends at any other key, of which none is lost', t => {
  t.deepEqual(detected(false, 'jj/a/q.png'), [typedText('jj/a/q.png')]);
  t.deepEqual(detected(false, 'j', '/a/q.png\u{1b}[Aq'), [
    ...[typedText('j'), typedPaste('/a/q.png'), pressedKey('\u{1b}[A'), typedText('q')],
  ]);
  t.deepEqual(detected(false, '/a/q.png\u{3}'), [typedPaste('/a/q.png'), pressedKey('\u{3}')]);
});

test('mouse reports and responses within a path without brackets do not split it', t => {
  const tokens = detected(false, '/a/q', '\u{1b}[<35;5;5M\u{1b}[?62c', '.png');
  t.deepEqual(
    tokens.map(({ type }) => type),
    ['mouse', 'response', 'paste'],
  );
  t.deepEqual(tokens.at(-1), typedPaste('/a/q.png'));
});

const typedKeys: readonly string[] = [
  'f',
  'f4',
  '/',
  '/q',
  'H',
  'HJKL',
  'hjkl'.repeat(99),
  'c',
  'C',
  '[[[',
];

for (const keys of typedKeys) {
  test(`${keys.slice(0, 9)} is typed, however the keys come`, t => {
    t.deepEqual(detected(false, keys), [typedText(keys)]);
    const single = detected(false, ...keys).map(token => token.type === 'text' && token.text);
    t.is(single.join(''), keys);
  });
}

test('in a text field a path and Enter are typed, and several paths are a paste', t => {
  t.deepEqual(detected(true, '/a/q.png\r'), [typedText('/a/q.png'), pressedKey('\r')]);
  t.deepEqual(detected(true, '/', 'a', '\r'), [typedText('/'), typedText('a'), pressedKey('\r')]);
  t.deepEqual(detected(true, '/a/q.png\r/b.png\r'), [typedPaste('/a/q.png\n/b.png\n')]);
});

test('a path without brackets is delivered when it pauses, and a key that begins like one too', async t => {
  const { keys, type, news } = setUpReading();
  const arrives = () => new Promise(resolve => keys.once('readable', resolve));
  let arrived = arrives();
  type('/var/');
  type('q/x.png\r');
  t.deepEqual(news(), []);
  await arrived;
  t.deepEqual(news(), ['key \u{1b}[200~/var/q/x.png\n\u{1b}[201~']);
  arrived = arrives();
  type('f');
  await arrived;
  type('4');
  t.deepEqual(news(), ['key f', 'key 4']);
});

test('Ctrl+C in a path without brackets that does not end is obeyed at once', t => {
  const { type, news } = setUpReading();
  type(`/${'q '.repeat(50_000)}`);
  type(`${'q '.repeat(50_000)}\u{3}q`);
  t.is(news().at(-1), 'key \u{3}');
});

/** Drains a terminal that sends something at the given times. @returns the time that it took, and what is left */
function drained(arrivals: readonly number[]) {
  let nowMs = 0;
  const due = [...arrivals];
  drain({
    nowMs: () => nowMs,
    sleep: ms => {
      nowMs += ms;
    },
    read() {
      const [next = Number.POSITIVE_INFINITY] = due;
      if (next > nowMs) return 0;
      due.shift();
      nowMs += 0.5;
      return 4096;
    },
  });
  return { nowMs, unread: due.length };
}

test('the terminal is drained until it is quiet for a moment', t => {
  t.deepEqual(drained([]), { nowMs: 20, unread: 0 });
  t.is(drained(Array(50).fill(0)).unread, 0);
  t.is(drained([5, 20, 38]).unread, 0);
});

test('a terminal that never stops sending is drained for a moment only', t => {
  const { nowMs, unread } = drained(Array(9999).fill(0));
  t.is(nowMs, 60);
  t.true(unread > 9000);
});
