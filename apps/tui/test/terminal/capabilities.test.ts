// What a terminal can do, by its environment and its responses: colours and queries too.

import test from 'ava';
import {
  isLight,
  readCapabilities,
  refine,
  themeOf,
  withResponse,
} from '../../src/terminal/capabilities.ts';
import { coloursOf } from '../../src/terminal/colours.ts';
import { answersQueries } from '../../src/terminal/control-sequences.ts';
import { writePlainly } from '../../src/terminal/plain-output.ts';
import type { ModeSetting, TerminalResponse } from '../../src/terminal/terminal-response.ts';

const plain = readCapabilities({ TERM: 'xterm-256color', LANG: 'C.UTF-8' });

test('the environment does not show pixel reports and synchronized output', t => {
  t.deepEqual(plain, {
    colours: 256,
    unicode: true,
    pixelMouse: false,
    synchronizedOutput: false,
    theme: 'dark',
    multiplexer: undefined,
    isScreenReader: false,
  });
});

for (const [env, unicode] of [
  [{}, true],
  [{ LANG: 'C' }, true],
  [{ LANG: 'POSIX' }, true],
  [{ LANG: 'de_AT.UTF-8' }, true],
  [{ LANG: 'de_AT.utf8@euro' }, true],
  [{ LANG: 'de_AT.ISO-8859-15@euro' }, false],
  [{ LANG: 'C.UTF-8', LC_ALL: 'ru_RU.KOI8-R' }, false],
  [{ LANG: 'ru_RU.KOI8-R', LC_CTYPE: 'C.UTF-8' }, true],
  [{ LANG: 'ru_RU.KOI8-R', LC_ALL: '' }, false],
] as const) {
  test(`${JSON.stringify(env)} has ${unicode ? '' : 'no '}Unicode`, t => {
    t.is(readCapabilities(env).unicode, unicode);
  });
}

test('the option for ASCII overrides the environment', t => {
  t.false(readCapabilities({ LANG: 'C.UTF-8' }, { ascii: true }).unicode);
});

for (const [env, multiplexer] of [
  [{ TERM: 'xterm' }, undefined],
  [{ TERM: 'screen-256color', TMUX: '/tmp/tmux-0/default,7,0' }, 'tmux'],
  [{ TERM: 'tmux-256color' }, 'tmux'],
  [{ TERM: 'screen.xterm-256color', STY: '7.pts-0.host' }, 'screen'],
  [{ TERM: 'screen' }, 'screen'],
] as const) {
  test(`${JSON.stringify(env)} is ${multiplexer ?? 'no multiplexer'}`, t => {
    t.is(readCapabilities(env).multiplexer, multiplexer);
  });
}

test('a screen reader is detected as in Ink', t => {
  t.true(readCapabilities({ INK_SCREEN_READER: 'true' }).isScreenReader);
  t.true(readCapabilities({}, { screenReader: true }).isScreenReader);
});

test('a terminal without control sequences gets the new sentences of each frame, and no sequence', t => {
  t.true(readCapabilities({ TERM: 'dumb' }).isScreenReader);
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) > 0 };
  writePlainly(stdout);
  stdout.write('\u{1b}[?1002h\u{1b}[?2026hdigits\nThe pen is up.\u{1b}[?2026l');
  stdout.write('\u{1b}[2K\u{1b}[1A\u{1b}[Gdigits\r\nThe pen is down.');
  stdout.write('\u{1b}[2K\u{1b}[1A\u{1b}[Gdigits\r\nThe pen is up.');
  t.is(written.join(''), 'digits\nThe pen is up.\nThe pen is down.\nThe pen is up.\n');
});

test('pixel reports need the mode and the size of a cell', t => {
  const mode = { type: 'mode', mode: 1016, setting: 'off' } as const;
  const size = { type: 'cell-size', width: 7, height: 13 } as const;
  t.false(refine(plain, [mode]).pixelMouse);
  t.false(refine(plain, [size]).pixelMouse);
  t.true(refine(plain, [size, mode]).pixelMouse);
  t.false(refine(plain, [size, { ...mode, setting: 'unknown' }]).pixelMouse);
  t.false(refine(plain, [size, { ...mode, setting: 'always-off' }]).pixelMouse);
});

test('the last response decides on synchronized output', t => {
  const mode = { type: 'mode', mode: 2026, setting: 'off' } as const;
  t.true(refine(plain, [mode]).synchronizedOutput);
  t.false(refine(plain, [mode, { ...mode, setting: 'unknown' }]).synchronizedOutput);
});

test('the background colour overrides the environment', t => {
  const white = { type: 'background', red: 1, green: 1, blue: 0.9 } as const;
  t.is(refine(plain, [white]).theme, 'light');
  const light = readCapabilities({ COLORFGBG: '0;15' });
  t.is(refine(light, []).theme, 'light');
  t.is(refine(light, [{ type: 'background', red: 0.1, green: 0.1, blue: 0.4 }]).theme, 'dark');
});

for (const [colorFgBg, theme] of [
  [undefined, 'dark'],
  ['', 'dark'],
  ['15;0', 'dark'],
  ['7;8', 'dark'],
  ['0;15', 'light'],
  ['0;7', 'light'],
  ['0;default;15', 'light'],
  ['15;default', 'dark'],
  ['0;99', 'dark'],
] as const) {
  test(`COLORFGBG=${colorFgBg} is ${theme}`, t => {
    t.is(themeOf(colorFgBg), theme);
  });
}

test('green is brighter than blue', t => {
  t.true(isLight({ red: 0, green: 1, blue: 0 }));
  t.false(isLight({ red: 0, green: 0, blue: 1 }));
});

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

test('of a flood of responses the last one to each query is kept', t => {
  const size = (width: number): TerminalResponse => ({ type: 'cell-size', width, height: 20 });
  const mode = (number: number, setting: ModeSetting): TerminalResponse => ({
    type: 'mode',
    mode: number,
    setting,
  });
  let kept: readonly TerminalResponse[] = [];
  for (let count = 1; count <= 1000; count++) {
    for (const response of [size(count), mode(count, 'on'), mode(1016, 'off'), mode(2026, 'off')]) {
      kept = withResponse(kept, response);
    }
  }
  kept = withResponse(kept, mode(1016, 'unknown'));
  t.deepEqual(kept, [size(1000), mode(2026, 'off'), mode(1016, 'unknown')]);
});
