// Exit events: everything that ends the app, brought to one place, and the order in which the app
// then shuts down.

import { inspect } from 'node:util';

/** SIGBREAK is Ctrl+Break on Windows; elsewhere there is no such signal. */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGBREAK: 21 } as const;
type ExitSignal = keyof typeof signalNumbers;

export type ExitEvent =
  /** The person asked for it: q or Ctrl+C. */
  | { readonly type: 'quit' }
  | { readonly type: 'signal'; readonly signal: ExitSignal }
  /** An uncaught exception or an unhandled rejection: a mistake in this app. */
  | { readonly type: 'crash'; readonly error: unknown };

/** @returns 0 for quitting, 128 + n for signal n, 1 for a crash */
export function exitCodeOf(event: ExitEvent): number {
  switch (event.type) {
    case 'quit':
      return 0;
    case 'signal':
      return 128 + signalNumbers[event.signal];
    case 'crash':
      return 1;
  }
}

/** @returns the text for stderr once the terminal is restored; empty unless it is a crash */
export function crashReport(event: ExitEvent): string {
  return event.type === 'crash' ? `digits crashed: ${inspect(event.error)}\n` : '';
}

interface ExitEventSources {
  readonly process: NodeJS.Process;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
}

/** Calls the listener for each signal, each uncaught error, and when the terminal goes away. */
export function watchExitEvents(
  { process, stdin, stdout }: ExitEventSources,
  onExit: (event: ExitEvent) => void,
): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK'] as const) {
    process.on(signal, () => onExit({ type: 'signal', signal }));
  }
  process.on('uncaughtException', error => onExit({ type: 'crash', error }));
  process.on('unhandledRejection', error => onExit({ type: 'crash', error }));
  // A terminal that is gone ends stdin and fails stdout: the same as hanging up.
  const hangUp = () => onExit({ type: 'signal', signal: 'SIGHUP' });
  stdin.on('end', hangUp);
  stdin.on('error', hangUp);
  stdout.on('error', hangUp);
}

interface ShutdownOptions {
  /** Must complete before it returns, and must not throw. */
  readonly restoreTerminal: () => void;
  /** Ends the embedded service and learning, and waits for what is being written. */
  readonly finishWork: () => Promise<void>;
  readonly writeCrashReport: (text: string) => void;
  readonly exit: (code: number) => void;
}

/**
 * Shuts down once, in this order: the terminal is restored, the crash report is written, the
 * embedded service and learning end and changes are flushed to disk, the process exits.
 * @returns the listener for exit events; a second event exits without waiting for that work
 */
export function createShutdown(options: ShutdownOptions): (event: ExitEvent) => void {
  let exitCode: number | undefined;
  return event => {
    if (exitCode !== undefined) return options.exit(exitCode);
    const code = exitCodeOf(event);
    exitCode = code;
    options.restoreTerminal();
    options.writeCrashReport(crashReport(event));
    void options.finishWork().finally(() => options.exit(code));
  };
}
