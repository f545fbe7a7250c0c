import test from 'ava';
import { answersQueries } from '../../src/terminal/control-sequences.ts';

for (const term of [undefined, '', 'dumb', 'linux', 'linux-16color']) {
  test(`TERM=${term} is not queried`, t => {
    t.false(answersQueries(term));
  });
}

for (const term of ['xterm-256color', 'tmux-256color', 'screen', 'foot']) {
  test(`TERM=${term} is queried`, t => {
    t.true(answersQueries(term));
  });
}
