import test from 'ava';
import { isLight, themeOf } from '../../../src/terminal/capabilities/theme.ts';

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
