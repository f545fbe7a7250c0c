import { EventEmitter } from 'node:events';
import test from 'ava';
import { queryTerminal } from '../../../src/commands/doctor/query-terminal.ts';

/** A terminal with given responses, and a log of the calls. */
function terminal(...answers: readonly string[]) {
  const log: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    setRawMode: (isRaw: boolean) => log.push(isRaw ? 'raw' : 'cooked'),
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
  });
  const stdout = {
    write() {
      log.push('asked');
      for (const answer of answers) stdin.emit('data', Buffer.from(answer));
    },
  };
  return { log, stdin: stdin as never, stdout: stdout as never };
}

test('responses up to that of the device are collected, and keys are discarded', async t => {
  const { log, ...streams } = terminal(
    '\u{1b}[?2026;2$yx\u{1b}[6;1',
    '7;8t\u{1b}[?62c',
    '\u{1b}[?1016;2$y',
  );
  const answers = await queryTerminal({ ...streams, timeoutMs: 60_000 });
  t.deepEqual(
    answers.map(({ type }) => type),
    ['mode', 'cell-size', 'device', 'mode'],
  );
  t.deepEqual(log, ['raw', 'resume', 'asked', 'pause', 'cooked']);
});

test('the wait for a terminal that never responds is bounded', async t => {
  const { log, ...streams } = terminal();
  t.deepEqual(await queryTerminal({ ...streams, timeoutMs: 1 }), []);
  t.is(log.at(-1), 'cooked');
});
