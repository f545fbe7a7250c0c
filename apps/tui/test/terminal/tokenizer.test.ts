import test from 'ava';
import fc from 'fast-check';
import type { TerminalResponse } from '../../src/terminal/terminal-response.ts';
import { createTokenizer, type Token } from '../../src/terminal/tokenizer.ts';

const key = (sequence: string): Token => ({ type: 'key', sequence });
const text = (characters: string): Token => ({ type: 'text', text: characters });
const mouse = (type: 'press' | 'motion' | 'release', x: number, y: number): Token => ({
  type: 'mouse',
  event: { type, button: 'left', x, y, shift: false, alt: false, ctrl: false },
});
const paste = (characters: string): Token => ({ type: 'paste', text: characters });
const response = (value: TerminalResponse): Token => ({ type: 'response', response: value });

/** A mixture of drags, arrows, function keys, Alt, UTF-8, responses and broken reports. */
const recorded = Buffer.from(
  [
    'hj\u{1b}[<0;5;11M\u{1b}[<32;6;11M\u{1b}[Ak',
    '\u{1b}[<32;7;13M \u{1b}[<0;7;13m\r\u{1b}OB\u{1b}[1;5C\u{1b}[[A',
    'é漢😀\u{1b}q\u{1b}\u{1b}[D\u{1b}[<0;5M\u{1b}[<0;\u{3}\u{7f}q',
    '\u{1b}[?1016;2$y\u{1b}[6;17;8tx\u{1b}]11;rgb:ffff/8080/0000\u{1b}\\\u{1b}]11;rgb:0/0/0\u{7}',
    '\u{1b}[200~q\r\u{1b}[A漢\u{1b}[20\u{3}\u{1b}[201~\u{1b}[201~\u{1b}[200~\u{1b}[201~',
    'y\u{1b}]0;title\u{3}\u{1b}]z\u{1b}[?62;4c\u{1b}[M #$\u{1b}[?1;0;0S\u{1b}[5n',
  ].join(''),
);

const recordedTokens: readonly Token[] = [
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
  response({ type: 'mode', mode: 1016, setting: 'off' }),
  response({ type: 'cell-size', width: 8, height: 17 }),
  text('x'),
  response({ type: 'background', red: 1, green: 0x8080 / 0xffff, blue: 0 }),
  response({ type: 'background', red: 0, green: 0, blue: 0 }),
  paste('q\n[A漢[20'),
  key('\u{1b}[201~'),
  paste(''),
  text('y'),
  key('\u{3}'),
  key('\u{1b}]'),
  text('z'),
  response({ type: 'device', attributes: [62, 4] }),
  key('\u{1b}[5n'),
];

/** The tokens of bytes that arrive in chunks; text that was split is joined again. */
function tokensOf(...pieces: readonly Uint8Array[]): Token[] {
  const tokenizer = createTokenizer();
  return joinTexts(pieces.flatMap(piece => tokenizer.push(piece)));
}

function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (token.type !== 'text' || last?.type !== 'text') joined.push(token);
    else joined.splice(-1, 1, text(last.text + token.text));
  }
  return joined;
}

function pushText(input: string): Token[] {
  return tokensOf(Buffer.from(input));
}

test('mouse, keys and text keep their order', t => {
  t.deepEqual(tokensOf(recorded), recordedTokens);
});

test('input split at any byte gives the same tokens', t => {
  for (let cut = 0; cut <= recorded.length; cut++) {
    t.deepEqual(tokensOf(recorded.subarray(0, cut), recorded.subarray(cut)), recordedTokens);
  }
});

test('input split at any two bytes gives the same tokens', t => {
  for (let first = 0; first < recorded.length; first++) {
    for (let second = first + 1; second < recorded.length; second++) {
      const pieces = [
        recorded.subarray(0, first),
        recorded.subarray(first, second),
        recorded.subarray(second),
      ];
      if (JSON.stringify(tokensOf(...pieces)) === JSON.stringify(recordedTokens)) continue;
      t.fail(`cut at ${first} and ${second}`);
    }
  }
  t.pass();
});

test('input byte by byte gives the same tokens', t => {
  t.deepEqual(tokensOf(...Array.from(recorded, byte => Uint8Array.of(byte))), recordedTokens);
});

/** Parts of escape sequences, so frequent that many are complete and many nearly so. */
const inputPieces = [
  '\u{1b}',
  '\u{1b}[',
  '\u{1b}[<',
  '\u{1b}]',
  '\u{1b}]11;rgb:',
  '\u{1b}\\',
  '\u{1b}[M',
  '0;5;11',
  '?1016;2$',
  'M',
  'm',
  'y',
  't',
  '\u{7}',
  '\u{3}',
  'q',
  '漢',
  '9'.repeat(70),
];

const streamOf = (...pieces: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...pieces).map(piece => Buffer.from(piece)),
        fc.uint8Array({ maxLength: 8 }).map(bytes => Buffer.from(bytes)),
      ),
      { maxLength: 40 },
    )
    .map(joined => Buffer.concat(joined));

const stream = streamOf(...inputPieces);
const pasteStream = streamOf(...inputPieces, '\u{1b}[200~', '\u{1b}[201~', '\u{1b}[20');

test('any bytes, split anywhere, give the same tokens as unsplit', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        fc.oneof(stream, pasteStream),
        fc.array(fc.nat(), { maxLength: 6 }),
        (bytes, marks) => {
          const cuts = marks.map(mark => mark % (bytes.length + 1)).sort((a, b) => a - b);
          const pieces = [0, ...cuts].map((start, index) =>
            bytes.subarray(start, cuts[index] ?? bytes.length),
          );
          t.deepEqual(tokensOf(...pieces), tokensOf(bytes));
        },
      ),
      { numRuns: 1500, seed: 7 },
    ),
  );
});

test('a whole report after any bytes that end in Ctrl+C is read', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(stream, bytes => {
        const tokens = tokensOf(bytes, Buffer.from('\u{3}\u{1b}[<0;5;11M'));
        t.deepEqual(tokens.slice(-2), [key('\u{3}'), mouse('press', 4, 10)]);
      }),
      { numRuns: 500, seed: 11 },
    ),
  );
});

test('complete tokens are returned at once, before an unfinished sequence', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('c\u{1b}[<0;5')), [text('c')]);
  t.deepEqual(tokenizer.push(Buffer.from(';11M')), [mouse('press', 4, 10)]);
});

test('Ctrl+C aborts an unfinished sequence', t => {
  t.deepEqual(pushText('\u{1b}[<0;5;\u{3}'), [key('\u{3}')]);
});

test('a complete sequence aborts an unfinished one', t => {
  t.deepEqual(pushText('\u{1b}[<0;5\u{1b}[A'), [key('\u{1b}[A')]);
});

test('an endless sequence is dropped with its end and takes no memory', t => {
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

test('an endless response is dropped with its end and takes no memory', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}]11;')), []);
  for (let count = 0; count < 1000; count++) {
    t.deepEqual(tokenizer.push(Buffer.from('rgb:'.repeat(500))), []);
  }
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}')), []);
  t.deepEqual(tokenizer.push(Buffer.from('\\q')), [text('q')]);
});

test('a malformed response is dropped', t => {
  for (const nonsense of [
    '[?1016;9$y',
    '[6;0;8t',
    '[?;c',
    '[>0;276;0c',
    ']11;red\u{7}',
    ']4;1;?\u{7}',
  ]) {
    t.deepEqual(pushText(`\u{1b}${nonsense}q`).at(-1), text('q'), nonsense);
    t.true(
      pushText(`\u{1b}${nonsense}q`).every(token => token.type !== 'key'),
      nonsense,
    );
  }
});

test('only a lone ESC can become the Escape key', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}')), []);
  t.true(tokenizer.isHoldingEscape());
  t.deepEqual(tokenizer.flushEscape(), [key('\u{1b}')]);
  t.false(tokenizer.isHoldingEscape());
});

test('the beginning of a report never becomes the Escape key', t => {
  const tokenizer = createTokenizer();
  tokenizer.push(Buffer.from('\u{1b}['));
  t.false(tokenizer.isHoldingEscape());
  t.deepEqual(tokenizer.flushEscape(), []);
  t.deepEqual(tokenizer.push(Buffer.from('A')), [key('\u{1b}[A')]);
});

test('a key with Shift of rxvt ends at its dollar sign, and does not swallow the next key', t => {
  t.deepEqual(pushText('\u{1b}[7$q\u{1b}[3$'), [key('\u{1b}[7$'), text('q'), key('\u{1b}[3$')]);
});

test('of an endless paste only the beginning is kept, and its end ends it', t => {
  const tokenizer = createTokenizer();
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}[200~')), []);
  for (let count = 0; count < 1000; count++) {
    t.deepEqual(tokenizer.push(Buffer.from('q\u{1b}[A\r'.repeat(100))), []);
  }
  t.is(tokenizer.openPaste(), 'open');
  const [token, ...others] = tokenizer.push(Buffer.from('\u{1b}[201~x'));
  t.true(token?.type === 'paste' && token.text.length <= 32_768);
  t.true(token?.type === 'paste' && token.text.startsWith('q[A\nq[A\n'));
  t.deepEqual(others, [text('x')]);
  t.is(tokenizer.openPaste(), 'none');
  t.deepEqual(tokenizer.endPaste(), []);
});

test('a paste whose end is lost can be ended', t => {
  const tokenizer = createTokenizer();
  tokenizer.push(Buffer.from('\u{1b}[200~abc\u{1b}'));
  t.false(tokenizer.isHoldingEscape());
  t.deepEqual(tokenizer.flushEscape(), []);
  t.deepEqual(tokenizer.endPaste(), [paste('abc')]);
  t.deepEqual(tokenizer.push(Buffer.from('q')), [text('q')]);
});

test('a Ctrl+C in a paste is content if the paste ends, and else the key', t => {
  const tokenizer = createTokenizer();
  tokenizer.push(Buffer.from('\u{1b}[200~ab\u{3}c'));
  t.is(tokenizer.openPaste(), 'interrupted');
  t.deepEqual(tokenizer.push(Buffer.from('\u{1b}[201~')), [paste('abc')]);
  tokenizer.push(Buffer.from(`\u{1b}[200~${'x'.repeat(9999)}\u{3}`));
  t.is(tokenizer.openPaste(), 'interrupted');
  t.deepEqual(tokenizer.endPaste(), [key('\u{3}')]);
});
