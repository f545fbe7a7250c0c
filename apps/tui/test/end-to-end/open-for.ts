// Terminal sessions of tests.

import type { ExecutionContext } from 'ava';
import { openSession, type SessionOptions, type TerminalSession } from './terminal-session.ts';

/** Opens a session that is closed with the test, however that ends. */
export function openFor(t: ExecutionContext, options: SessionOptions): TerminalSession {
  const session = openSession(options);
  t.teardown(session.close);
  return session;
}
