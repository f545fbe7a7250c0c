// What stops the service from starting, in a sentence for the person who started it.

import { NnError } from '@digits/nn';
import { ConfigError } from './config/config.ts';

export interface StartupFailure {
  readonly sentences: readonly string[];
  readonly exitCode: number;
}

/** What Node adds to the error of a `listen` that failed. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
}

const listenFailures: Partial<Record<string, (error: ListenError) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use. Stop what listens there, or set PORT to another (0 takes a free one).`,
  EACCES: ({ port }) => `Port ${port} needs privileges. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: ({ address }) => `HOST ${address} is no address of this machine.`,
  ENOTFOUND: ({ hostname }) => `HOST ${hostname} cannot be resolved.`,
};

/** @returns null for what nobody expected: a bug, which is to be shown whole */
export function explainStartupFailure(error: unknown): StartupFailure | null {
  if (error instanceof ConfigError) return { sentences: error.mistakes, exitCode: 2 };
  if (error instanceof NnError) {
    return {
      sentences: [`There is no model to serve: ${error.message} (${error.code}).`],
      exitCode: 1,
    };
  }
  if (!(error instanceof Error)) return null;
  const { code = '' } = error as ListenError;
  const explain = listenFailures[code];
  return explain ? { sentences: [explain(error)], exitCode: 1 } : null;
}
