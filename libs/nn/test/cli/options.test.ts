// The arguments of the commands: what they mean, and which are refused.

import { resolve } from 'node:path';
import test from 'ava';
import { benchCommand } from '../../cli/bench/bench.ts';
import { parseBenchOptions } from '../../cli/bench/options.ts';
import { parseEvaluationOptions } from '../../cli/evaluate/options.ts';
import { parsePromoteOptions } from '../../cli/promote/options.ts';
import { shownPath } from '../../cli/shared/environment.ts';
import { describeCommand, parseTrainingOptions } from '../../cli/train/plan/options.ts';
import { refusalOf } from './support/refused-arguments.ts';
import { callCommand } from './support/run-command.ts';

/** The command that a run with these arguments is described by. */
const described = (...args: string[]) => describeCommand(parseTrainingOptions(args));

test('a command without arguments trains the standard profile on MNIST alone', t => {
  t.like(parseTrainingOptions([]), { profile: 'standard', seed: 1, data: null, strokes: [] });
  t.is(described(), 'npx nx run nn:train --profile standard --seed 1');
});

test('--strokes is repeatable, in its order', t => {
  const { strokes } = parseTrainingOptions(['--strokes', 'b', '--seed', '3', '--strokes', 'a']);
  t.deepEqual(strokes, ['b', 'a']);
});

test('the command has the options that change a model, and no others', t => {
  t.is(
    described(
      ...['--profile', 'quick', '--seed', '7', '--data', 'digits', '--strokes', 'pens'],
      ...[
        '--pictures',
        'bitmaps',
        '--strokes',
        'more/pens',
        '--out',
        '/tmp/models',
        '--threads',
        '2',
        '--json',
      ],
    ),
    'npx nx run nn:train --profile quick --seed 7 --data digits --strokes pens ' +
      '--strokes more/pens --pictures bitmaps --out /tmp/models',
  );
});

test('the command names the address of a service without user and password', t => {
  t.regex(described('--feedback', 'http://me:secret@h:1/x'), / --feedback http:\/\/h:1\/x$/);
});

test('a training can be watched only with --json, and one that is not saved cannot be resumed', t => {
  const refused = (...args: string[]) => refusalOf(parseTrainingOptions, args);
  t.regex(refused('--watch'), /--watch requires --json/);
  t.regex(refused('--no-save', '--resume'), /--no-save cannot be combined/);
  t.regex(refused('--no-save', '--feedback'), /--no-save cannot be combined/);
  t.regex(refused('--probe-every', '5'), /requires --probe/);
  t.regex(refused('--probe', 'x.png', '--probe-every', '0'), /whole number from 1/);
});

test('arguments are quoted where a shell requires it', t => {
  t.is(
    described('--data', 'my digits', '--strokes', "it's", '--out', '$HOME'),
    "npx nx run nn:train --profile standard --seed 1 --data 'my digits' " +
      "--strokes 'it'\\''s' --out '$HOME'",
  );
});

test('--teacher is repeatable, and in the command', t => {
  t.is(
    described('--teacher', 'a.safetensors', '--teacher', 'b c.safetensors'),
    "npx nx run nn:train --profile standard --seed 1 --teacher a.safetensors --teacher 'b c.safetensors'",
  );
});

test('a configuration file is in the command', t => {
  t.is(
    described('--profile', 'quick', '--config', 'my net.json'),
    "npx nx run nn:train --profile quick --config 'my net.json' --seed 1",
  );
});

test('an empty argument is quoted', t => {
  t.true(described('--out', '').endsWith("--out ''"));
});

/** A test for each of these arguments, which the command refuses with a hint at its help. */
function testRefusals(
  command: string,
  parse: Parameters<typeof refusalOf>[0],
  refusals: readonly (readonly [args: readonly string[], expected: RegExp])[],
): void {
  for (const [args, expected] of refusals) {
    test(`${[command, ...args].join(' ')} is refused with a hint`, t => {
      const message = refusalOf(parse, args);
      t.regex(message, expected);
      t.true(message.includes(`nx run nn:${command} -- --help`), message);
    });
  }
}

testRefusals('train', parseTrainingOptions, [
  [['--seed', 'abc'], /whole number/],
  [['--seed', '-1'], /whole number/],
  [['--threads', '0'], /whole number/],
  [['--threads', '65'], /whole number/],
  [['--threads', 'all'], /whole number/],
  [['--seed', '4294967296'], /whole number/],
  [['--profile', 'huge'], /Allowed choices are .*quick, .*standard/],
  [['--speed', '9'], /unknown option '--speed'/],
  [['extra'], /too many arguments/],
  [['--from', 'scratch'], /require --feedback/],
  [['--confirm', 'all'], /require --feedback/],
  [['--feedback', 'x', '--teacher', 'y'], /--teacher requires --from scratch/],
  [['--feedback', 'x', '--initial', 'y'], /--initial requires --from scratch/],
  [['--feedback', 'x', '--profile', 'quick'], /requires --from scratch/],
  [['--feedback', 'x', '--from', 'nothing'], /Allowed choices are champion, scratch/],
]);

testRefusals('evaluate', parseEvaluationOptions, [
  [['--speed', '9'], /unknown option '--speed'/],
  [['--model'], /argument missing/],
  [['extra'], /too many arguments/],
]);

testRefusals('promote', parsePromoteOptions, [
  [[], /missing required argument/],
  [['a', 'b'], /too many arguments/],
  [['a', '--force'], /--force needs --why/],
  [['a', '--force', '--why', ' '], /--force needs --why/],
  [['a', '--speed'], /unknown option/],
]);

testRefusals('bench', parseBenchOptions, [
  [['--speed'], /unknown option '--speed'/],
  [['--runs', '0'], /whole number/],
  [['--runs', '1000'], /whole number/],
  [['--runs', 'five'], /whole number/],
  [['extra'], /too many arguments/],
]);

test('bench --help lists the options and exits with 0', async t => {
  const { stdout, code } = await callCommand(benchCommand, '--help');
  t.is(code, 0);
  for (const option of ['--peers', '--profile', '--runs', '--json']) {
    t.true(stdout.includes(option));
  }
  t.false(stdout.includes('(default: false)'), 'a flag is off without saying so');
});

test('a written path is shown relative to the folder of the call, or whole if it lies outside', t => {
  t.is(shownPath('/home/me/digits/data/models/quick-1', '/home/me/digits'), 'data/models/quick-1');
  t.is(shownPath('/tmp/models/quick-1', '/home/me/digits'), '/tmp/models/quick-1');
  t.is(shownPath('runs.html', resolve('docs')), resolve('runs.html'));
});
