// Where corrections wait until a service takes them, by the XDG base directory specification.

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from '../terminal/capabilities/environment.ts';

/** The specification has a relative XDG_STATE_HOME ignored. */
export function outboxFolder({ XDG_STATE_HOME }: Environment): string {
  const state =
    XDG_STATE_HOME !== undefined && isAbsolute(XDG_STATE_HOME)
      ? XDG_STATE_HOME
      : join(homedir(), '.local', 'state');
  return join(state, 'digits', 'outbox');
}
