// What a terminal must get when the app exits, and the tests of exits that the short and the long
// file share.

import test, { type ExecutionContext } from 'ava';
import { respondSeven, serveFor } from '../../fake-service.ts';
import { openFor, type TerminalSession } from './terminal-session.ts';

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
function crashingAtSigusr2(statement: string): Record<string, string> {
  const preloaded = `process.on('SIGUSR2', () => { ${statement} })`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preloaded)}` };
}

/** A way to end the app, and the exit code that it leads to. */
export type Exit = readonly [name: string, exit: (session: TerminalSession) => void, code: number];

/** Tests that each exit restores the terminal and clears the screen. */
export function testExits(exits: readonly Exit[]): void {
  for (const [name, exit, exitCode] of exits) {
    test.serial(`${name} restores the terminal and exits with code ${exitCode}`, async t => {
      const service = await serveFor(t, respondSeven);
      const session = openFor(t, { args: ['--api', service.url] });
      await session.until('a ready service', isReady);
      exit(session);
      t.is(await session.exited(), exitCode);
      assertRestored(t, session);
      t.deepEqual(session.screen.lines(), Array(24).fill(''));
    });
  }
}

/** Asserts that an app that runs `statement` at SIGUSR2 restores the terminal before its last words. */
export async function assertCrashReported(t: ExecutionContext, statement: string): Promise<void> {
  const service = await serveFor(t, respondSeven);
  const session = openFor(t, { args: ['--api', service.url], env: crashingAtSigusr2(statement) });
  await session.until('a ready service', isReady);
  session.kill('SIGUSR2');
  t.is(await session.exited(), 1);
  assertRestored(t, session);
  t.is(session.screen.lines()[0], 'digits crashed: Error: made for this test');
}
