// The log's destination: readable lines on a terminal, JSON elsewhere.

import type { FastifyLoggerOptions } from 'fastify';
import { destination } from 'pino';
import type { Config } from './config/config.ts';

/** Options for the app's logger. The content of a picture is never logged. */
export async function createLoggerOptions(
  { logLevel }: Pick<Config, 'logLevel'>,
  isTerminal: boolean,
): Promise<FastifyLoggerOptions & { stream: NodeJS.WritableStream }> {
  const stream = isTerminal ? await prettyStream() : jsonStream();
  return { level: logLevel, stream };
}

/** Lines are buffered for a moment: a write for each takes a twelfth of a small request. */
const minBufferedBytes = 4096;
const maxFlushDelayMs = 100;

/** Written asynchronously; pino writes the rest when the process exits. */
function jsonStream(): NodeJS.WritableStream {
  const buffering = { minLength: minBufferedBytes, periodicFlush: maxFlushDelayMs };
  return destination({ dest: 1, sync: false, ...buffering }) as unknown as NodeJS.WritableStream;
}

async function prettyStream(): Promise<NodeJS.WritableStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'HH:MM:ss' });
}
