import { PassThrough } from 'node:stream';
import test from 'ava';
import { executeCommand } from '../../../cli/shared/command.ts';
import { alignTable, fitLine, wrapSentences } from '../../../cli/shared/table.ts';
import { runGenerator } from '../../../cli/shared/terminal.ts';
import { createTrainingReport } from '../../../cli/train/progress.ts';
import { createWasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { profiles } from '../../../src/training/profiles.ts';

const rows = [
  ['', 'Images', 'F1'],
  ['zero', '5', '97.5 %'],
  ['one', '1,234', '–'],
];

test('the first column is aligned left, the others right, two blanks apart', t => {
  t.is(
    alignTable(rows),
    ['      Images      F1', 'zero       5  97.5 %', 'one    1,234       –'].join('\n'),
  );
});

test('a style gets each padded cell with its row and column', t => {
  const styled = alignTable(rows, (text, row, column) =>
    row === 1 && column === 1 ? `<${text}>` : text,
  );
  t.is(styled.split('\n')[1], 'zero  <     5>  97.5 %');
});

test('a cell cannot steer the terminal', t => {
  t.is(alignTable([['\x1b[2J', 'a\nb\u202e']]), ' [2J  a b ');
});

test('a table that is wider than the terminal wraps the cells of its widest columns', t => {
  const wide = [
    ['  a name of several words', '12.5 %', 'uninterruptedly'],
    ['b', '1 %', 'c'],
  ];
  t.is(
    alignTable(wide, undefined, 36),
    [
      '  a name of    12.5 %  uninterrupted',
      '  several                         ly',
      '  words                             ',
      'b                 1 %              c',
    ].join('\n'),
  );
});

test('sentences are broken between words on a terminal only, and commands stay whole', t => {
  const text = 'a sentence of some length\n  a command of some length';
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 12 });
  t.is(wrapSentences(text, terminal), 'a sentence\nof some\nlength\n  a command of some length');
  t.is(wrapSentences(text, new PassThrough()), text);
});

test('a line that is wider than the terminal loses its optional parts, one after the other', t => {
  const parts = ['bar', 'loss', 'speed', '', 'left'];
  const fit = (maxColumns: number) => fitLine(parts, ['speed', 'loss'], maxColumns);
  t.is(fit(Number.POSITIVE_INFINITY), 'bar  loss  speed  left');
  t.is(fit(20), 'bar  loss  left');
  t.is(fit(15), 'bar  left');
  t.is(fit(1), 'bar  left');
});

test('a network that does not fit into kernel memory is model-unsupported', async t => {
  const stderr = new PassThrough();
  const context = { args: [], stdout: new PassThrough(), stderr, signal: neverAborted };
  const command = async () => {
    createWasmKernels('plain', 1 << 20).allocate(1 << 20);
    return 0;
  };
  t.is(await executeCommand(command, context), 2);
  t.regex(
    String(stderr.read()),
    /^error model-unsupported: cannot allocate .* layers or batches\n$/,
  );
});

const result = { count: 3 };

function* measuring(names: readonly string[]): Generator<string, typeof result> {
  yield* names;
  return result;
}

const pipe = (signal: AbortSignal) => ({ verb: 'measured', stream: new PassThrough(), signal });
const neverAborted = new AbortController().signal;

test('a generator runs to completion, and a pipe gets no progress', async t => {
  const options = pipe(neverAborted);
  t.is(await runGenerator(measuring(['one', 'two', 'three']), options), result);
  t.is(options.stream.read(), null);
});

test('an aborted signal stops after the step in progress', async t => {
  const controller = new AbortController();
  const done: string[] = [];
  function* watched(): Generator<string, typeof result> {
    for (const name of ['one', 'two', 'three']) {
      done.push(name);
      if (name === 'two') controller.abort();
      yield name;
    }
    return result;
  }
  const finished = runGenerator(watched(), pipe(controller.signal));
  t.is(await finished.catch(reason => reason), controller.signal.reason);
  t.deepEqual(done, ['one', 'two']);
});

/** What a report shows of the preparation on a stream. */
function preparationOn(stream: PassThrough): string {
  const { showSynthesis, end } = createTrainingReport(stream, profiles.quick);
  const event = { type: 'synthesis', step: 'images', done: 0, of: 60_000 } as const;
  showSynthesis({ ...event, of: null });
  for (const done of [0, 30_000, 60_000]) showSynthesis({ ...event, done });
  showSynthesis({ ...event, step: 'drawings', of: 5000 });
  end();
  return String(stream.read());
}

test('the preparation of a training is a line for each step in a pipe, a bar on a terminal', t => {
  const lines = ['Preparing 60,000 images …', 'Synthesising 5,000 further images …', ''];
  t.is(preparationOn(new PassThrough()), lines.join('\n'));
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  t.regex(preparationOn(terminal), /░ 0 % {2}Reading the data/);
});

test('the event loop has a turn between two steps', async t => {
  let turns = 0;
  const count = () => {
    turns++;
    if (turns < 9) setImmediate(count);
  };
  setImmediate(count);
  await runGenerator(measuring(['one', 'two', 'three']), pipe(neverAborted));
  t.true(turns >= 2);
});
