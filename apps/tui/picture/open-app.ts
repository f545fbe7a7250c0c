// The bundled app in a pseudo-terminal, to be pictured: in full colour, with an embedded service, and without
// the user's settings and corrections.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession, type TerminalSession } from '../test/end-to-end/support/terminal-session.ts';

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** Any: the same at each run. */
const seed = 7;

/** Opens the app, calls back when its service is ready, and ends it. */
export async function withApp(
  window: WindowSize,
  use: (session: TerminalSession) => Promise<void>,
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'digits-picture-'));
  const session = openSession({
    ...window,
    args: ['--seed', `${seed}`],
    env: {
      DIGITS_API: '',
      NO_COLOR: '',
      COLORTERM: 'truecolor',
      XDG_CONFIG_HOME: home,
      XDG_STATE_HOME: home,
    },
  });
  try {
    await session.until('the service', shows('Service ready'));
    await use(session);
    session.send('q');
    await session.exited();
  } finally {
    session.close();
    await rm(home, { recursive: true, force: true });
  }
}

export function shows(text: string): (lines: readonly string[]) => boolean {
  return lines => lines.join('\n').includes(text);
}
