// The bundled app in a pseudo-terminal, with the arrival time of each chunk of its output.

import pty from '@lydell/node-pty';
import { createScreen, type EmulatedScreen } from '../test/emulated-screen.ts';
import { inheritedEnvironment } from '../test/end-to-end/support/environment.ts';
import { bundlePath } from '../test/end-to-end/support/terminal-session.ts';

export interface AppSession {
  readonly pid: number;
  readonly screen: EmulatedScreen;
  send(input: string): void;
  /** Calls back when a chunk is on the screen, with its arrival time. */
  onShown(listener: (arrivedAt: number) => void): void;
  until(isSeen: () => boolean): Promise<void>;
  /** The number of bytes so far. */
  bytes(): number;
  written(): string;
  /** Quits with q, or another key. @returns the exit code */
  quit(key?: string): Promise<number>;
}

export function openApp(args: readonly string[], columns = 80, rows = 24): AppSession {
  const screen = createScreen(columns, rows);
  const app = pty.spawn(process.execPath, [bundlePath, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: inheritedEnvironment(),
  });
  let written = '';
  let shown = Promise.resolve();
  const listeners = new Set<(arrivedAt: number) => void>();
  app.onData(output => {
    const arrivedAt = performance.now();
    written += output;
    shown = shown.then(async () => {
      await screen.write(output);
      for (const listener of listeners) listener(arrivedAt);
    });
  });
  screen.onAnswer(answer => app.write(answer));
  const exited = new Promise<number>(resolve => app.onExit(({ exitCode }) => resolve(exitCode)));
  return {
    pid: app.pid,
    screen,
    send: input => app.write(input),
    onShown: listener => void listeners.add(listener),
    until: isSeen =>
      new Promise(resolve => {
        const look = () => {
          if (!isSeen()) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    bytes: () => Buffer.byteLength(written),
    written: () => written,
    quit(key = 'q') {
      app.write(key);
      return exited;
    },
  };
}

/** @returns a session that shows a canvas and is connected */
export async function openReady(
  apiUrl: string,
  columns?: number,
  rows?: number,
): Promise<AppSession> {
  const session = openApp(['--api', apiUrl], columns, rows);
  await session.until(() => session.screen.lines().join('\n').includes('Service ready'));
  return session;
}
