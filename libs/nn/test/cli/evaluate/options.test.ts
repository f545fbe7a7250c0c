import test from 'ava';
import { parseEvaluationOptions } from '../../../cli/evaluate/options.ts';
import { refusalOf } from '../support/refused-arguments.ts';

for (const [args, expected] of [
  [['--speed', '9'], /unknown option '--speed'/],
  [['--model'], /argument missing/],
  [['extra'], /too many arguments/],
] as const) {
  test(`${args.join(' ')} is refused with a hint`, t => {
    const message = refusalOf(parseEvaluationOptions, args);
    t.regex(message, expected);
    t.regex(message, /nx run nn:evaluate -- --help/);
  });
}
