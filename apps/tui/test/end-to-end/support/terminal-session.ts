// The bundled app in a real pseudo-terminal with an emulated screen: tests wait for what they expect
// to see, press keys and drag the mouse.

import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import type { ExecutionContext } from 'ava';
import { createScreen, type EmulatedScreen } from '../../emulated-screen.ts';
import { inheritedEnvironment } from './environment.ts';

/** The bundled app. */
export const bundlePath = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/**
 * Runs the app in a shell that outlives it: a pseudo-terminal whose last program ends may lose what
 * was written last. In unused sequences (OSC 7777) the shell reports the process id of the app and,
 * after all output of the app, whether the terminal's line settings have changed (raw mode is one of
 * them) and the exit code.
 */
const shellScript = `
  before=$(stty -g)
  sh -c 'printf "\\033]7777;pid=%d\\007" $$; exec "$@"' sh "$@"
  code=$?
  test "$before" = "$(stty -g)"
  printf "\\033]7777;changed=%d\\007\\033]7777;exit=%d\\007" $? $code
  read -r _
`;

/** Ink wraps each frame in synchronized output: it is complete with the second of these. */
const frameBegins = '\u{1b}[?2026h';
const frameEnds = '\u{1b}[?2026l';

/** Only a test that fails waits so long. */
const timeoutMs = 90_000;

export interface SessionOptions {
  /** The module to run; the bundled app by default. */
  readonly bundle?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export interface TerminalSession {
  readonly screen: EmulatedScreen;
  /** Types keys, or sends mouse reports. */
  send(input: string): void;
  /** Sends a signal to the app, which must have started. */
  kill(signal: NodeJS.Signals): void;
  resize(columns: number, rows: number): void;
  /** Waits until a complete frame meets a condition. @throws with the screen if none does */
  until(what: string, isSeen: (lines: readonly string[]) => boolean): Promise<void>;
  /** @returns the exit code, when the app has ended and all its output is on the screen */
  exited(): Promise<number>;
  /** Whether the terminal's line settings are as before; known when the app has exited. */
  isLineRestored(): boolean;
  /** All its output so far. */
  written(): string;
  /** Ends the app and its terminal, if they have not ended. */
  close(): void;
}

/** Starts the app, by default at 80×24. */
export function openSession(options: SessionOptions = {}): TerminalSession {
  const { bundle = bundlePath, args = [], env = {}, columns = 80, rows = 24 } = options;
  const screen = createScreen(columns, rows);
  const command = ['-c', shellScript, 'sh', process.execPath, bundle, ...args];
  const terminal = pty.spawn('sh', command, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { ...inheritedEnvironment(), ...env },
  });
  let written = '';
  let shownOutput = '';
  let shown = Promise.resolve();
  let onShown = () => {};
  const exit = Promise.withResolvers<number>();
  terminal.onData(output => {
    written += output;
    shown = shown.then(async () => {
      await screen.write(output);
      shownOutput += output;
      onShown();
    });
    const exitCode = reported('exit', written);
    if (exitCode !== undefined) void shown.then(() => exit.resolve(exitCode));
  });
  screen.onAnswer(answer => terminal.write(answer));

  return {
    screen,
    send: input => terminal.write(input),
    kill: signal => process.kill(reported('pid', written) ?? Number.NaN, signal),
    resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      terminal.resize(toColumns, toRows);
    },
    until(what, isSeen) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const fail = (why: string) =>
        reject(new Error(`${why} ${what}:\n${screen.lines().join('\n')}`));
      const timer = setTimeout(() => fail('Never saw'), timeoutMs);
      onShown = () => {
        const isComplete =
          shownOutput.lastIndexOf(frameEnds) >= shownOutput.lastIndexOf(frameBegins);
        if (isComplete && isSeen(screen.lines())) resolve();
      };
      onShown();
      void exit.promise.then(() => fail('The app ended before'));
      return promise.finally(() => {
        clearTimeout(timer);
        onShown = () => {};
      });
    },
    exited: () => exit.promise.finally(() => terminal.kill()),
    isLineRestored: () => reported('changed', written) === 0,
    written: () => written,
    close: () => terminal.kill(),
  };
}

/** A number that the shell reported, between the name and the end of the sequence. */
function reported(name: 'pid' | 'changed' | 'exit', written: string): number | undefined {
  const [number, end] = written.split(`\u{1b}]7777;${name}=`)[1]?.split('\u{7}') ?? [];
  return end === undefined ? undefined : Number(number);
}

/** @returns the address of the embedded service, from the status line */
export function embeddedServiceUrl(session: TerminalSession): string {
  const status = session.screen.lines().join('\n');
  return /embedded at (http:\/\/127\.0\.0\.1:\d+)/.exec(status)?.[1] ?? '';
}

/** Opens a session that is closed with the test, however that ends. */
export function openFor(t: ExecutionContext, options: SessionOptions): TerminalSession {
  const session = openSession(options);
  t.teardown(session.close);
  return session;
}
