// Sends the bytes of a request over a connection of its own and collects what comes back.

import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer.ts';
import type { WireRequest } from './requests/envelope.ts';

export interface Exchange {
  readonly answers: readonly Answer[];
  /** `complete`: all awaited answers came. */
  readonly outcome: 'complete' | 'closed' | 'reset' | 'timeout' | 'not-http';
  /** What was wrong, where `outcome` is not `complete`. */
  readonly detail: string;
}

/** Much longer than any request takes, even while the machine is busy. */
export const maxAnswerMs = 15_000;

export type Follower = 'none' | 'pipelined' | 'after';

export const follower = Buffer.from('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');

type Sendable = Pick<WireRequest, 'method' | 'bytes' | 'writes' | 'ending' | 'isFramed'>;

/** @param follows whether a plain request follows on the same connection, and when */
export function exchange(port: number, request: Sendable, follows: Follower): Promise<Exchange> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    const reader = new AnswerReader(request.method === 'HEAD');
    const awaited = follows === 'none' ? 1 : 2;
    let hasFollowed = follows === 'pipelined';
    let isOver = false;

    const finish = (outcome: Exchange['outcome'], detail = '') => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      socket.destroy();
      resolve({ answers: reader.answers, outcome, detail });
    };
    const timer = setTimeout(finish, maxAnswerMs, 'timeout', `no answer in ${maxAnswerMs} ms`);

    socket.on('connect', () => send(socket, request, follows));
    socket.on('error', error => finish('reset', error.message));
    socket.on('data', data => {
      try {
        reader.read(data);
      } catch (error) {
        return finish('not-http', (error as Error).message);
      }
      const { answers } = reader;
      const isLast = answers.at(-1)?.headers.get('connection') === 'close';
      if (request.isFramed && (answers.length >= awaited || isLast)) finish('complete');
      else if (answers.length === 1 && !hasFollowed && follows === 'after') {
        hasFollowed = true;
        socket.write(follower);
      }
    });
    socket.on('end', () => {
      try {
        reader.end();
        finish(request.isFramed && reader.answers.length < awaited ? 'closed' : 'complete');
      } catch (error) {
        finish('closed', (error as Error).message);
      }
    });
    socket.on('close', () => finish('closed'));
  });
}

function send(socket: Socket, { bytes, writes, ending, isFramed }: Sendable, follows: Follower) {
  socket.setNoDelay(true);
  let start = 0;
  for (const end of [...writes, bytes.length]) {
    socket.write(bytes.subarray(start, end));
    start = end;
  }
  if (follows === 'pipelined') socket.write(follower);
  // Without an end that the service can see, it would wait for the rest until its time limit.
  if (ending === 'reset') setImmediate(() => socket.resetAndDestroy());
  else if (ending === 'closed' || !isFramed) socket.end();
}

/** Sends a plain request. @throws Error where there is no whole answer */
export async function ask(port: number, method: string, path: string, body?: Ask): Promise<Answer> {
  const type = body ? `Content-Type: ${body.contentType}\r\n` : '';
  const length = body ? `Content-Length: ${body.bytes.length}\r\n` : '';
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${type}${length}\r\n`;
  const bytes = Buffer.concat([Buffer.from(head), ...(body ? [body.bytes] : [])]);
  const request = { method, bytes, writes: [], ending: 'whole', isFramed: true } as const;
  const { answers, outcome, detail } = await exchange(port, request, 'none');
  if (answers[0]) return answers[0];
  throw new Error(`${method} ${path}: ${outcome} ${detail}`);
}

export interface Ask {
  readonly contentType: string;
  readonly bytes: Buffer;
}
