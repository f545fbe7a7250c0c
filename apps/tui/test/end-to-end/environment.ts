// The environment in which the bundled app is run, whatever the tests themselves are run in.

import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whom the app asks, what it takes the terminal for, and what Node loads before it. */
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

/** Settings and an outbox that nobody else has. */
const ownFolder = join(tmpdir(), `digits-tests-${process.pid}`);

const added = {
  COLORTERM: 'truecolor',
  XDG_CONFIG_HOME: join(ownFolder, 'config'),
  XDG_STATE_HOME: join(ownFolder, 'state'),
};

/** @returns the tests' own environment without what would change how the app behaves. */
export function inheritedEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !removed.includes(name)) kept[name] = value;
  }
  return { ...kept, ...added };
}
