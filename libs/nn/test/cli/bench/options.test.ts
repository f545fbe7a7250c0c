import test from 'ava';
import { parseBenchOptions } from '../../../cli/bench/options.ts';
import { refusalOf } from '../support/refused-arguments.ts';

for (const [args, expected] of [
  [['--speed'], /unknown option '--speed'/],
  [['--runs', '0'], /whole number/],
  [['--runs', '1000'], /whole number/],
  [['--runs', 'five'], /whole number/],
  [['extra'], /too many arguments/],
] as const) {
  test(`${args.join(' ')} is refused with a hint`, t => {
    const message = refusalOf(parseBenchOptions, args);
    t.regex(message, expected);
    t.regex(message, /nx run nn:bench -- --help/);
  });
}
