// Where the log goes: to people where there is a terminal, to machines as JSON otherwise.

import type { FastifyLoggerOptions } from 'fastify';
import { destination } from 'pino';
import type { Config } from './config/config.ts';

/** Options for the app's logger. A picture is never logged: only the request line and the answer. */
export async function createLoggerOptions(
  { logLevel }: Pick<Config, 'logLevel'>,
  isTerminal: boolean,
): Promise<FastifyLoggerOptions & { stream: NodeJS.WritableStream }> {
  const stream = isTerminal ? await prettyStream() : jsonStream();
  return { level: logLevel, stream };
}

/** A write for each line takes a twelfth of a small request, so lines are gathered for a moment. */
const minBufferedBytes = 4096;
const maxFlushDelayMs = 100;

/** Written while the next request is answered; pino writes what is left when the process exits. */
function jsonStream(): NodeJS.WritableStream {
  const gathering = { minLength: minBufferedBytes, periodicFlush: maxFlushDelayMs };
  return destination({ dest: 1, sync: false, ...gathering }) as unknown as NodeJS.WritableStream;
}

async function prettyStream(): Promise<NodeJS.WritableStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'HH:MM:ss' });
}
