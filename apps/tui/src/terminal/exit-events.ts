// Every way in which the app can be made to end, brought to one place.
// What has to be put back, and in which order, is for the listener to know.

import { inspect } from 'node:util';

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type ExitSignal = keyof typeof signalNumbers;

export type ExitEvent =
  /** The person asked for it: q or Ctrl+C. */
  | { readonly kind: 'quit' }
  | { readonly kind: 'signal'; readonly signal: ExitSignal }
  /** An exception or a rejection that nobody caught: a mistake in this app. */
  | { readonly kind: 'crash'; readonly error: unknown };

/** 0 for quitting, 128 + n for signal n, 1 for a crash. */
export function exitCodeOf(wayOut: ExitEvent): number {
  switch (wayOut.kind) {
    case 'quit':
      return 0;
    case 'signal':
      return 128 + signalNumbers[wayOut.signal];
    case 'crash':
      return 1;
  }
}

/** What is left to say on stderr when the terminal is restored; empty if nothing. */
export function crashReport(wayOut: ExitEvent): string {
  return wayOut.kind === 'crash' ? `digits crashed: ${inspect(wayOut.error)}\n` : '';
}

interface ExitEventSources {
  readonly process: NodeJS.Process;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
}

/** Calls `leave` for each signal, for what nobody caught, and when the terminal goes away. */
export function watchExitEvents(
  { process, stdin, stdout }: ExitEventSources,
  leave: (wayOut: ExitEvent) => void,
): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => leave({ kind: 'signal', signal }));
  }
  process.on('uncaughtException', error => leave({ kind: 'crash', error }));
  process.on('unhandledRejection', error => leave({ kind: 'crash', error }));
  // A terminal that is gone ends its input and fails our output: the same as hanging up.
  const hangUp = () => leave({ kind: 'signal', signal: 'SIGHUP' });
  stdin.on('end', hangUp);
  stdin.on('error', hangUp);
  stdout.on('error', hangUp);
}
