import test from 'ava';
import { createTokenizer, type Token } from '../../src/terminal/tokenizer.ts';
import { seededRandom } from '../random.ts';

const key = (sequence: string): Token => ({ kind: 'key', sequence });
const text = (characters: string): Token => ({ kind: 'text', text: characters });
const mouse = (kind: 'press' | 'motion' | 'release', column: number, row: number): Token => ({
  kind: 'mouse',
  event: { kind, button: 'left', cell: { column, row } },
});

/** Everything a terminal mixes: drags, arrows, function keys, Alt, UTF-8, broken reports. */
const RECORDED = Buffer.from(
  [
    'hj\u{1b}[<0;5;11M\u{1b}[<32;6;11M\u{1b}[Ak',
    '\u{1b}[<32;7;13M \u{1b}[<0;7;13m\r\u{1b}OB\u{1b}[1;5C\u{1b}[[A',
    'é漢😀\u{1b}q\u{1b}\u{1b}[D\u{1b}[<0;5M\u{1b}[<0;\u{3}\u{7f}q',
  ].join(''),
);

const RECORDED_TOKENS: readonly Token[] = [
  text('hj'),
  mouse('press', 4, 10),
  mouse('motion', 5, 10),
  key('\u{1b}[A'),
  text('k'),
  mouse('motion', 6, 12),
  text(' '),
  mouse('release', 6, 12),
  key('\r'),
  key('\u{1b}OB'),
  key('\u{1b}[1;5C'),
  key('\u{1b}[[A'),
  text('é漢😀'),
  key('\u{1b}q'),
  key('\u{1b}'),
  key('\u{1b}[D'),
  key('\u{3}'),
  key('\u{7f}'),
  text('q'),
];

/** The tokens of bytes that arrive in pieces; text that a cut fell into is joined again. */
function tokensOf(...pieces: readonly Uint8Array[]): Token[] {
  const tokenizer = createTokenizer();
  return joinTexts(pieces.flatMap(piece => tokenizer.push(piece)));
}

function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.kind !== 'text' || last?.kind !== 'text') joined.push(token);
    else joined.splice(-1, 1, text(last.text + token.text));
  }
  return joined;
}

function pushText(input: string): Token[] {
  return tokensOf(Buffer.from(input));
}

test('mouse, keys and text come out in the order in which they came', t => {
  t.deepEqual(tokensOf(RECORDED), RECORDED_TOKENS);
});

test('input cut at any byte gives the same tokens', t => {
  for (let cut = 0; cut <= RECORDED.length; cut++) {
    t.deepEqual(tokensOf(RECORDED.subarray(0, cut), RECORDED.subarray(cut)), RECORDED_TOKENS);
  }
});

test('input cut at any two bytes gives the same tokens', t => {
  for (let first = 0; first < RECORDED.length; first++) {
    for (let second = first + 1; second < RECORDED.length; second++) {
      const pieces = [
        RECORDED.subarray(0, first),
        RECORDED.subarray(first, second),
        RECORDED.subarray(second),
      ];
      if (JSON.stringify(tokensOf(...pieces)) === JSON.stringify(RECORDED_TOKENS)) continue;
      t.fail(`cut at ${first} and ${second}`);
    }
  }
  t.pass();
});

test('input that comes byte by byte gives the same tokens', t => {
  t.deepEqual(tokensOf(...Array.from(RECORDED, byte => Uint8Array.of(byte))), RECORDED_TOKENS);
});

test('random bytes never throw, and cutting them changes nothing', t => {
  const random = seededRandom(1);
  for (let round = 0; round < 400; round++) {
    // Half of the bytes are those that escape sequences are made of.
    const bytes = Uint8Array.from({ length: 200 }, () =>
      random() < 0.5 ? random() * 256 : '\u{1b}[<;0123Mm~O\u{3}'.charCodeAt(random() * 13),
    );
    const cuts = [random(), random(), random()]
      .map(share => Math.floor(share * 200))
      .sort((a, b) => a - b);
    const pieces = [0, ...cuts].map((start, index) => bytes.subarray(start, cuts[index] ?? 200));
    t.deepEqual(tokensOf(...pieces), tokensOf(bytes));
  }
});

test('what is complete comes out at once, though a sequence after it is not', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('c\u{1b}[<0;5')), [text('c')]);
  t.deepEqual(tokenizer.push(Buffer.from(';11M')), [mouse('press', 4, 10)]);
});

test('Ctrl+C comes through a sequence that never ended', t => {
  t.deepEqual(pushText('\u{1b}[<0;5;\u{3}'), [key('\u{3}')]);
});

test('a whole sequence comes through one that never ended', t => {
  t.deepEqual(pushText('\u{1b}[<0;5\u{1b}[A'), [key('\u{1b}[A')]);
});

test('a sequence without an end is dropped with its end and takes no memory', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}[<')), []);
  for (let count = 0; count < 1000; count++) {
    t.deepEqual(tokenizer.push(Buffer.from('1;'.repeat(500))), []);
  }
  t.deepEqual(tokenizer.push(Buffer.from('Mq')), [text('q')]);
});

test('a report with enormous numbers is dropped', t => {
  t.deepEqual(pushText(`\u{1b}[<0;${'9'.repeat(20)};1Mq`), [text('q')]);
});

test('only a lone ESC waits to be told that it is the Escape key', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}')), []);
  t.true(tokenizer.isHoldingEscape());
  t.deepEqual(tokenizer.flushEscape(), [key('\u{1b}')]);
  t.false(tokenizer.isHoldingEscape());
});

test('the beginning of a report is not the Escape key, however long it waits', t => {
  const tokenizer = createTokenizer();
  tokenizer.push(Buffer.from('\u{1b}['));
  t.false(tokenizer.isHoldingEscape());
  t.deepEqual(tokenizer.flushEscape(), []);
  t.deepEqual(tokenizer.push(Buffer.from('A')), [key('\u{1b}[A')]);
});
