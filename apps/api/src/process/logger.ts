// The log's destination: readable lines on a terminal, JSON elsewhere; and what no line contains.

import type { FastifyLoggerOptions } from 'fastify';
import { destination, type LoggerOptions } from 'pino';
import type { Config } from '../config/config.ts';

type AppLoggerOptions = FastifyLoggerOptions &
  Pick<LoggerOptions, 'hooks'> & { stream: NodeJS.WritableStream };

/** Options for the app's logger. Pictures and the queries of addresses are never logged. */
export async function createLoggerOptions(
  { logLevel, workers }: Pick<Config, 'logLevel' | 'workers'>,
  isTerminal: boolean,
): Promise<AppLoggerOptions> {
  const stream = isTerminal ? await prettyStream() : jsonStream(workers > 1);
  return { level: logLevel, stream, hooks: { streamWrite: withoutQueries } };
}

/** From a question mark to the end of a word in a JSON text; escaped quotes belong to the word. */
const queryPattern = /\?(?:\\[^n]|[^\s"\\])+/g;

/**
 * Shortens the query of every address in a line to "?…": it may hold a key. Done to whole lines,
 * because Fastify's own messages and errors contain addresses too.
 */
function withoutQueries(line: string): string {
  return line.includes('?') ? line.replace(queryPattern, '?…') : line;
}

/** Lines are buffered for a moment: a write for each takes a twelfth of a small request. */
const minBufferedBytes = 4096;
const maxFlushDelayMs = 100;

/** A longer write to a pipe can be mixed with those of other processes: PIPE_BUF of Linux. */
const maxAtomicBytes = 4096;

/** Written asynchronously; pino writes the rest when the process exits. */
function jsonStream(isShared: boolean): NodeJS.WritableStream {
  const buffering = isShared
    ? { minLength: maxAtomicBytes / 2, maxWrite: maxAtomicBytes, periodicFlush: maxFlushDelayMs }
    : { minLength: minBufferedBytes, periodicFlush: maxFlushDelayMs };
  return destination({ dest: 1, sync: false, ...buffering }) as unknown as NodeJS.WritableStream;
}

async function prettyStream(): Promise<NodeJS.WritableStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'HH:MM:ss' });
}
