import test from 'ava';
import { describeCommand, parseTrainingOptions } from '../../cli/training-options.ts';

/** The command that a run with these arguments is described by. */
const described = (...args: string[]) => describeCommand(parseTrainingOptions(args));

test('a command without arguments trains the standard profile on MNIST alone', t => {
  t.like(parseTrainingOptions([]), { profile: 'standard', seed: 1, data: null, strokes: [] });
  t.is(described(), 'npx nx run nn:train --profile standard --seed 1');
});

test('folders of strokes add up, in their order', t => {
  const { strokes } = parseTrainingOptions(['--strokes', 'b', '--seed', '3', '--strokes', 'a']);
  t.deepEqual(strokes, ['b', 'a']);
});

test('what changes a model is in the command, what does not is left out', t => {
  t.is(
    described(
      ...['--profile', 'quick', '--seed', '7', '--data', 'digits', '--strokes', 'pens'],
      ...['--strokes', 'more/pens', '--out', '/tmp/models', '--threads', '2', '--json'],
    ),
    'npx nx run nn:train --profile quick --seed 7 --data digits --strokes pens ' +
      '--strokes more/pens --out /tmp/models',
  );
});

test('folders are quoted where a shell would take them apart', t => {
  t.is(
    described('--data', 'my digits', '--strokes', "it's", '--out', '$HOME'),
    "npx nx run nn:train --profile standard --seed 1 --data 'my digits' " +
      "--strokes 'it'\\''s' --out '$HOME'",
  );
});

test('a folder without a name is quoted as well', t => {
  t.true(described('--out', '').endsWith("--out ''"));
});
