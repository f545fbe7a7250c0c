// The bundled app in a real pseudo-terminal, and a person in front of it: they look at the
// emulated screen, wait for what they expect to see, press keys and drag the mouse.

import { fileURLToPath } from 'node:url';
import pty from '@lydell/node-pty';
import { createScreen, type EmulatedScreen } from '../emulated-screen.ts';
import { inheritedEnvironment } from './environment.ts';

/** The bundled app. */
export const bundlePath = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * A shell around the app, which stays when the app has ended: a pseudo-terminal whose last program
 * ends may lose what was written last. In sequences that no terminal knows (OSC 7777) the shell
 * tells the process id of the app, and after all that the app wrote, whether the terminal's line
 * settings are another than before (raw mode is one), and the app's exit code.
 */
const shellScript = `
  before=$(stty -g)
  sh -c 'printf "\\033]7777;pid=%d\\007" $$; exec "$@"' sh "$@"
  code=$?
  test "$before" = "$(stty -g)"
  printf "\\033]7777;changed=%d\\007\\033]7777;exit=%d\\007" $? $code
  read -r _
`;

/** Ink wraps each frame in synchronized output; until the second of these a frame is not whole. */
const frameBegins = '\u{1b}[?2026h';
const frameEnds = '\u{1b}[?2026l';

/** Long, as nobody waits for it but a test that fails. */
const patienceMs = 90_000;

export interface SessionOptions {
  /** What is run with Node; the bundled app unless told otherwise. */
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
  /** Sends a signal to the app, which must have shown something. */
  kill(signal: NodeJS.Signals): void;
  resize(columns: number, rows: number): void;
  /** Waits until a whole frame is as expected. @throws with the whole screen if it never is. */
  until(what: string, isSeen: (lines: readonly string[]) => boolean): Promise<void>;
  /** The exit code, once the app has ended and all it wrote is on the screen; then it closes. */
  exited(): Promise<number>;
  /** Whether the line settings of the terminal are as before; known when the app has exited. */
  isLineRestored(): boolean;
  /** Every byte it wrote so far, as text. */
  written(): string;
  /** Ends the app and its terminal, if they have not ended. */
  close(): void;
}

/** Starts the app at 80×24 unless told otherwise. */
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
  let shownSoFar = '';
  let shown = Promise.resolve();
  let onShown = () => {};
  const exit = Promise.withResolvers<number>();
  terminal.onData(output => {
    written += output;
    shown = shown.then(async () => {
      await screen.write(output);
      shownSoFar += output;
      onShown();
    });
    const exitCode = told('exit', written);
    if (exitCode !== undefined) void shown.then(() => exit.resolve(exitCode));
  });
  screen.onAnswer(answer => terminal.write(answer));

  return {
    screen,
    send: input => terminal.write(input),
    kill: signal => process.kill(told('pid', written) ?? Number.NaN, signal),
    resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      terminal.resize(toColumns, toRows);
    },
    until(what, isSeen) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const lost = (why: string) =>
        reject(new Error(`${why} ${what}:\n${screen.lines().join('\n')}`));
      const timer = setTimeout(() => lost('Never saw'), patienceMs);
      onShown = () => {
        const isWhole = shownSoFar.lastIndexOf(frameEnds) >= shownSoFar.lastIndexOf(frameBegins);
        if (isWhole && isSeen(screen.lines())) resolve();
      };
      onShown();
      void exit.promise.then(() => lost('The app ended before'));
      return promise.finally(() => {
        clearTimeout(timer);
        onShown = () => {};
      });
    },
    exited: () => exit.promise.finally(() => terminal.kill()),
    isLineRestored: () => told('changed', written) === 0,
    written: () => written,
    close: () => terminal.kill(),
  };
}

/** What the shell told so far: a number between the name and the end of the sequence. */
function told(name: 'pid' | 'changed' | 'exit', written: string): number | undefined {
  const [number, end] = written.split(`\u{1b}]7777;${name}=`)[1]?.split('\u{7}') ?? [];
  return end === undefined ? undefined : Number(number);
}

/** The address of the service that the app started, from its status line. */
export function ownServiceUrl(session: TerminalSession): string {
  const status = session.screen.lines().join('\n');
  return /embedded at (http:\/\/127\.0\.0\.1:\d+)/.exec(status)?.[1] ?? '';
}
