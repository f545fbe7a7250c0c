import test from 'ava';
import { coloursOf } from '../../src/terminal/colours.ts';

for (const [env, colours] of [
  [{}, 'none'],
  [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 'none'],
  [{ TERM: 'xterm' }, 16],
  [{ TERM: 'xterm-256color' }, 256],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'full'],
  [{ TERM: 'xterm', COLORTERM: '24bit' }, 'full'],
  [{ TERM: 'xterm-direct' }, 'full'],
  [{ TERM: 'xterm-kitty' }, 'full'],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, 256],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, 'full'],
  [{ TERM: 'screen', TMUX: '/tmp/tmux-0/default,7,0' }, 'full'],
  [{ TERM: 'xterm-256color', NO_COLOR: '1', COLORTERM: 'truecolor' }, 'none'],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, 256],
  [{ TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3' }, 'full'],
  [{ TERM: 'dumb', FORCE_COLOR: '' }, 16],
  [{ TERM: 'xterm-256color', FORCE_COLOR: 'true' }, 256],
  [{ TERM: 'xterm-256color', FORCE_COLOR: '0' }, 'none'],
  [{ TERM: 'xterm-direct', FORCE_COLOR: '1' }, 16],
  [{ TERM: 'xterm', FORCE_COLOR: '2' }, 256],
] as const) {
  test(`${JSON.stringify(env)} has ${colours} colours`, t => {
    t.is(coloursOf(env), colours);
  });
}
