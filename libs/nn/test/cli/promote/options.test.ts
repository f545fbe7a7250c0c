import test from 'ava';
import { parsePromoteOptions } from '../../../cli/promote/options.ts';
import { refusalOf } from '../support/refused-arguments.ts';

for (const [args, expected] of [
  [[], /missing required argument/],
  [['a', 'b'], /too many arguments/],
  [['a', '--force'], /--force needs --why/],
  [['a', '--force', '--why', ' '], /--force needs --why/],
  [['a', '--speed'], /unknown option/],
] as const) {
  test(`promote ${args.join(' ')} is refused with a hint`, t => {
    const message = refusalOf(parsePromoteOptions, args);
    t.regex(message, expected);
    t.regex(message, /nx run nn:promote -- --help/);
  });
}
