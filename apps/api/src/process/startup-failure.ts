// Messages for errors that keep the service from starting.

import { NnError } from '@digits/nn';
import { rollbackAdvice, type ServiceInstallation } from '../config/installation.ts';
import { ServiceError } from '../service-error.ts';

/** Members that Node adds to the error of a failed `listen`. */
interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
}

const listenFailures: Partial<Record<string, (error: ListenError) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${port} is in use. Stop the process that listens on it, or set PORT to another (0 picks a free one).`,
  EACCES: ({ port }) => `Port ${port} needs privileges. Set PORT to a number above 1023.`,
  EADDRNOTAVAIL: ({ address }) => `HOST ${address} is not an address of this machine.`,
  ENOTFOUND: ({ hostname }) => `HOST ${hostname} cannot be resolved.`,
};

/** As of every command for an error with a code. */
export const failedExitCode = 2;

/** @returns sentences; undefined for an unexpected error: a bug, to be shown with its stack trace */
export function explainStartupFailure(
  error: unknown,
  installation: ServiceInstallation,
): readonly string[] | undefined {
  if (error instanceof ServiceError && error.code === 'invalid-config') {
    return error.message.split('\n');
  }
  if (error instanceof NnError) {
    const sentence = `No model to serve: ${error.message} (${error.code}).`;
    return error.code === 'model-unsupported'
      ? [sentence, rollbackAdvice(installation)]
      : [sentence];
  }
  if (!(error instanceof Error)) return undefined;
  const { code = '' } = error as ListenError;
  const explain = listenFailures[code];
  return explain && [explain(error)];
}
