// What a terminal must get when the app exits.

import type { ExecutionContext } from 'ava';
import type { TerminalSession } from './terminal-session.ts';

/** The sequences that switch each mode on, at the start, and off, at the exit. */
const modes = [
  ['\u{1b}[?1002h', '\u{1b}[?1002l'],
  ['\u{1b}[?1006h', '\u{1b}[?1006l'],
  ['\u{1b}[?1049h', '\u{1b}[?1049l'],
  ['\u{1b}[?2004h', '\u{1b}[?2004l'],
  ['\u{1b}[?25l', '\u{1b}[?25h'],
] as const;

/** Asserts that every mode is off, the mouse first, and that nothing is left on the screen. */
export function assertRestored(t: ExecutionContext, session: TerminalSession): void {
  const written = session.written();
  for (const [on, off] of modes) {
    t.true(written.includes(on), `${JSON.stringify(on)} was never written`);
    t.true(written.lastIndexOf(off) > written.lastIndexOf(on), `${JSON.stringify(off)} is missing`);
  }
  t.true(written.lastIndexOf('\u{1b}[?1006l') < written.lastIndexOf('\u{1b}[?1049l'));
  t.true(session.isLineRestored());
  t.false(session.screen.lines().join('').includes('╭'));
}

export const isReady = (lines: readonly string[]) => lines.join('\n').includes('Service ready');

/** @returns environment variables that make the app run a statement at SIGUSR2 */
export function crashingAtSigusr2(statement: string): Record<string, string> {
  const preloaded = `process.on('SIGUSR2', () => { ${statement} })`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preloaded)}` };
}
