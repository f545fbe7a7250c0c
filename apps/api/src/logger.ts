// Where the log goes: to people where there is a terminal, to machines as JSON otherwise.
import type { FastifyLoggerOptions } from 'fastify';
import type { Config } from './config.ts';

/** Options for the app's logger. A picture is never logged: only the request line and the answer. */
export async function loggerFor(
  { logLevel }: Config,
  isTerminal: boolean,
): Promise<FastifyLoggerOptions & { stream?: NodeJS.WritableStream }> {
  if (!isTerminal) return { level: logLevel };
  const { default: pretty } = await import('pino-pretty');
  return {
    level: logLevel,
    stream: pretty({ ignore: 'pid,hostname', singleLine: true, translateTime: 'HH:MM:ss' }),
  };
}
