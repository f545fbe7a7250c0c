// The environment of the bundled app in tests, independent of that of the tests themselves.

import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Variables that change the service, the capabilities of the terminal or what Node preloads. */
const removed = [
  'DIGITS_API',
  'DIGITS_API_KEY',
  'NO_COLOR',
  'FORCE_COLOR',
  'COLORFGBG',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'STY',
  'TMUX',
  'INK_SCREEN_READER',
  'NODE_OPTIONS',
];

/** The folder for settings and outbox of this test process. */
const ownFolder = join(tmpdir(), `digits-tests-${process.pid}`);

const added = {
  COLORTERM: 'truecolor',
  XDG_CONFIG_HOME: join(ownFolder, 'config'),
  XDG_STATE_HOME: join(ownFolder, 'state'),
};

/** @returns the environment of the tests without variables that change the app's behaviour */
export function inheritedEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !removed.includes(name)) kept[name] = value;
  }
  return { ...kept, ...added };
}
