// The log's destination: readable lines on a terminal, JSON elsewhere; and what no line contains.

import { hostname } from 'node:os';
import type { FastifyLoggerOptions } from 'fastify';
import { type LoggerOptions, levels } from 'pino';
import type { Config } from '../config/config.ts';
import { LogOutput } from './log-output.ts';

type AppLoggerOptions = FastifyLoggerOptions &
  Pick<LoggerOptions, 'hooks'> & { stream: NodeJS.WritableStream };

/** Options for the app's logger. Pictures and the queries of addresses are never logged. */
export async function createLoggerOptions(
  { logLevel, workers }: Pick<Config, 'logLevel' | 'workers'>,
  isTerminal: boolean,
): Promise<AppLoggerOptions> {
  const output = isTerminal ? await prettyOutput() : jsonOutput(workers > 1);
  // Of a stream, pino needs these two functions only.
  const stream = output as unknown as NodeJS.WritableStream;
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

/** A longer write to a pipe can be mixed with those of other processes: PIPE_BUF of Linux. */
const maxAtomicBytes = 4096;

/** A write of Docker's log driver; longer ones are split there. */
const maxWriteBytes = 16 * 1024;

function jsonOutput(isShared: boolean): LogOutput {
  const buffering = isShared
    ? { minWriteBytes: maxAtomicBytes / 2, maxWriteBytes: maxAtomicBytes }
    : { minWriteBytes: minBufferedBytes, maxWriteBytes };
  return new LogOutput({ fd: 1, lossLine, ...buffering });
}

/** Writes each line at once. */
async function prettyOutput(): Promise<Pick<LogOutput, 'write' | 'flushSync'>> {
  const { default: pretty } = await import('pino-pretty');
  const format = pretty.prettyFactory({
    ignore: 'pid,hostname',
    singleLine: true,
    translateTime: 'HH:MM:ss',
  });
  const output = new LogOutput({
    ...{ fd: 1, minWriteBytes: 1, maxWriteBytes },
    lossLine: (count, reason) => format(lossLine(count, reason)),
  });
  return {
    write: line => output.write(format(line)),
    flushSync: () => output.flushSync(),
  };
}

/** A line like those of pino. */
function lossLine(count: number, reason: string): string {
  const msg = `${count} log line${count === 1 ? ' was' : 's were'} lost: ${reason}`;
  const { warn } = levels.values;
  const line = { level: warn, time: Date.now(), pid: process.pid, hostname: hostname(), msg };
  return `${JSON.stringify(line)}\n`;
}
