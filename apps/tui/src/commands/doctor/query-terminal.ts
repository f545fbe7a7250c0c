// Queries the terminal's capabilities and waits for its responses with a time limit: some terminals
// never respond.

import type { ReadStream, WriteStream } from 'node:tty';
import { allQueries } from '../../terminal/control-sequences.ts';
import type { TerminalResponse } from '../../terminal/terminal-response.ts';
import { createTokenizer } from '../../terminal/tokenizer.ts';

/** Over a slow connection a response takes a tenth of a second. */
const responseTimeoutMs = 1000;

interface Terminal {
  readonly stdin: Pick<ReadStream, 'on' | 'off' | 'setRawMode' | 'pause' | 'resume'>;
  readonly stdout: Pick<WriteStream, 'write'>;
  readonly timeoutMs?: number;
}

/** @returns the responses; the one about the device is the last */
export async function queryTerminal({
  stdin,
  stdout,
  timeoutMs: patienceMs = responseTimeoutMs,
}: Terminal): Promise<TerminalResponse[]> {
  const tokenizer = createTokenizer();
  const answers: TerminalResponse[] = [];
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patienceMs);
  const onData = (bytes: Buffer) => {
    // Keys that are pressed meanwhile are discarded.
    for (const token of tokenizer.push(bytes)) {
      if (token.type !== 'response') continue;
      answers.push(token.response);
      if (token.response.type === 'device') resolve();
    }
  };
  stdin.setRawMode(true);
  stdin.on('data', onData);
  stdin.resume();
  stdout.write(allQueries);
  await settled;
  clearTimeout(timer);
  stdin.off('data', onData);
  stdin.pause();
  stdin.setRawMode(false);
  return answers;
}
