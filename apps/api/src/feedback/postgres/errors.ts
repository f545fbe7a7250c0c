// Converts errors of PostgreSQL and of the connection to it.

import { ServiceError, type ServiceErrorCode } from '../../service-error.ts';

/**
 * The codes for SQLSTATE classes and codes
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html); the longest prefix counts. Other
 * classes are bugs in a statement or its values.
 */
const sqlStates: Readonly<Record<string, ServiceErrorCode>> = {
  '08': 'feedback-inaccessible', // connection exception
  '0A': 'feedback-inaccessible', // feature not supported: too old a server
  '25006': 'feedback-inaccessible', // read-only transaction: a standby
  '25P03': 'feedback-busy', // idle in transaction: an export that is not read
  '28': 'feedback-inaccessible', // invalid authorization
  '3D': 'feedback-inaccessible', // no such database
  '3F000': 'feedback-corrupt', // no such schema
  '40': 'feedback-busy', // transaction rollback: deadlock
  '42501': 'feedback-inaccessible', // insufficient privilege
  '42P01': 'feedback-corrupt', // no such table
  '53': 'feedback-busy', // insufficient resources: too many connections
  '53100': 'feedback-full', // disk full
  '55P03': 'feedback-busy', // lock not available
  '57': 'feedback-inaccessible', // operator intervention: shutdown
  '57014': 'feedback-busy', // query canceled: statement timeout
  '58': 'feedback-inaccessible', // system error
  XX: 'feedback-corrupt', // internal error: data corrupted
};

/** Thrown by pg itself, without a code. */
const clientMessages: readonly (readonly [RegExp, ServiceErrorCode])[] = [
  [/^timeout exceeded when trying to connect|^Query read timeout/, 'feedback-busy'],
  [/^Connection terminated|^Client has encountered a connection error/, 'feedback-inaccessible'],
  [/^The server does not support SSL|^SASL|password/, 'feedback-inaccessible'],
];

/**
 * Converts an error of the database or of the connection; bugs and other errors are returned unchanged.
 *
 * @param place the database, for the message
 */
export function toServiceError(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof ServiceError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  return new ServiceError(code, `${place}: ${messageOf(error)}`, { cause: error });
}

function codeOf(error: Error): ServiceErrorCode | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (error instanceof AggregateError || syscall !== undefined || isTlsCode(code)) {
    return 'feedback-inaccessible';
  }
  if (code === undefined) {
    return clientMessages.find(([pattern]) => pattern.test(error.message))?.[1];
  }
  return sqlStates[code] ?? sqlStates[code.slice(0, 2)];
}

/** Codes of OpenSSL's certificate errors, and Node's. */
function isTlsCode(code: string | undefined): boolean {
  return (
    code !== undefined && /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO)/.test(code)
  );
}

/** Node joins the failures of several addresses in an error without a message. */
function messageOf(error: Error): string {
  if (!(error instanceof AggregateError)) return error.message;
  return error.errors.map(({ message }: Error) => message).join('; ');
}
