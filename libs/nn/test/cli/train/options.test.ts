import test from 'ava';
import { describeCommand, parseTrainingOptions } from '../../../cli/train/options.ts';
import { refusalOf } from '../support/refused-arguments.ts';

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
      ...['--strokes', 'more/pens', '--out', '/tmp/models', '--threads', '2', '--json'],
    ),
    'npx nx run nn:train --profile quick --seed 7 --data digits --strokes pens ' +
      '--strokes more/pens --out /tmp/models',
  );
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

for (const [args, expected] of [
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
  [['--feedback', 'x', '--profile', 'quick'], /requires --from scratch/],
  [['--feedback', 'x', '--from', 'nothing'], /Allowed choices are champion, scratch/],
] as const) {
  test(`${args.join(' ')} is refused with a hint`, t => {
    const message = refusalOf(parseTrainingOptions, args);
    t.regex(message, expected);
    t.regex(message, /nx run nn:train -- --help/);
  });
}
