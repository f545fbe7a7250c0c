// The bundled app in a real pseudo-terminal, and a person in front of it: they look at the
// emulated screen, wait for what they expect to see, press keys and drag the mouse.

import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import { createScreen, type EmulatedScreen } from '../emulated-screen.ts';

const BUNDLE = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Long, as nobody waits for it but a test that fails. */
const PATIENCE_MS = 90_000;

export type SessionOptions = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
};

export type TerminalSession = {
  readonly screen: EmulatedScreen;
  /** Types keys, or sends mouse reports. */
  send(input: string): void;
  kill(signal: NodeJS.Signals): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen is as expected. @throws with the whole screen if it never is. */
  until(what: string, isSeen: (lines: readonly string[]) => boolean): Promise<void>;
  /** The exit code, once the app has ended and all it wrote is on the screen. */
  exited(): Promise<number>;
  /** Every byte it wrote so far, as text. */
  written(): string;
};

/** Starts the app at 80×24 unless told otherwise. */
export function openSession(options: SessionOptions = {}): TerminalSession {
  const { args = [], env = {}, columns = 80, rows = 24 } = options;
  const screen = createScreen(columns, rows);
  const app = pty.spawn(process.execPath, [BUNDLE, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { ...inheritedEnvironment(), ...env },
  });
  let written = '';
  let shown = Promise.resolve();
  let onShown = () => {};
  app.onData(output => {
    written += output;
    shown = shown.then(() => screen.write(output)).then(() => onShown());
  });
  screen.onAnswer(answer => app.write(answer));
  const exit = new Promise<number>(resolve => app.onExit(({ exitCode }) => resolve(exitCode)));

  return {
    screen,
    send: input => app.write(input),
    kill: signal => app.kill(signal),
    resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      app.resize(toColumns, toRows);
    },
    until(what, isSeen) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const lost = (why: string) =>
        reject(new Error(`${why} ${what}:\n${screen.lines().join('\n')}`));
      const timer = setTimeout(() => lost('Never saw'), PATIENCE_MS);
      onShown = () => isSeen(screen.lines()) && resolve();
      onShown();
      void exit.then(() => shown).then(() => lost('The app ended before'));
      return promise.finally(() => {
        clearTimeout(timer);
        onShown = () => {};
      });
    },
    async exited() {
      const exitCode = await exit;
      await shown;
      return exitCode;
    },
    written: () => written,
  };
}

/** The address of the service that the app started, from its status line. */
export function ownServiceUrl(session: TerminalSession): string {
  const status = session.screen.lines().join('\n');
  return /our own at (http:\/\/127\.0\.0\.1:\d+)/.exec(status)?.[1] ?? '';
}

/** Without what would change how the app draws or whom it asks. */
function inheritedEnvironment(): Record<string, string> {
  const {
    NO_COLOR: _,
    FORCE_COLOR: __,
    DIGITS_API: ___,
    NODE_OPTIONS: ____,
    ...rest
  } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(entry => entry[1] !== undefined)) as Record<
    string,
    string
  >;
}
